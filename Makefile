# La seule porte d'entrée : « make help » dit ce que chaque commande fait.
SHELL := /bin/bash
PYTHON ?= python3
UV := .outils/bin/uv
BIN := .venv/bin
export UV_NO_PROGRESS := 1
# Une mairie est souvent derrière un filtre qui signe les connexions : on fait confiance aux certificats du système.
export UV_SYSTEM_CERTS := 1

.DEFAULT_GOAL := help
.PHONY: help install spark demo stop test check fix bench docs lock clean

help: ## Montre cette aide
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

$(UV):
	@echo "Préparation de l'installateur (une seule fois)…"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore --target .outils uv

# uv d'abord, pour sa vitesse ; pip, plus lent, là où uv ne peut pas servir.
installer = $(UV) pip install --quiet --python $(BIN)/python $(1) || { \
	echo "L'installateur rapide a échoué : nouvel essai avec pip, plus lent…"; \
	$(PYTHON) -m pip --python $(BIN)/python install --quiet $(1); }

# Compilés d'avance, même où Python ne garde pas ses fichiers compilés : une note s'écrit deux fois plus vite.
LUS_AU_DEMARRAGE = .venv/lib/python3*/site-packages/{numpy,pydantic,annotated_types,typing_inspection,typer,rich,jinja2,markupsafe,yaml,docx,docxtpl,openpyxl,et_xmlfile,typst,rapidfuzz,snowballstemmer}

# Un témoin par jeu de dépendances : les lancements suivants ne réinstallent rien.
.venv/.pret: requirements/base.txt pyproject.toml | $(UV)
	@echo "Installation de Pérenne…"
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv || $(PYTHON) -m venv --without-pip .venv
	@$(call installer,--require-hashes -r requirements/base.txt)
	@$(call installer,--no-deps -e .)
	@$(BIN)/python -m compileall -q -j 0 src $(LUS_AU_DEMARRAGE) || true
	@touch $@

.venv/.pret-dev: requirements/dev.txt .venv/.pret
	@echo "Installation des outils de test et de contrôle…"
	@$(call installer,--require-hashes -r requirements/dev.txt)
	@touch $@

# À part : 450 Mo que seuls demandent les tests du moteur Spark et ceux qui s'en servent.
.venv/.pret-spark: requirements/spark.txt .venv/.pret-dev
	@echo "Installation de Spark…"
	@$(call installer,--require-hashes -r requirements/spark.txt)
	@touch $@

spark: .venv/.pret-spark ## Ajoute le moteur Spark (il lui faut aussi Java 17)

install: .venv/.pret ## Prépare .venv/ où se trouve la commande « perenne »
	@echo "Prêt : lancez .venv/bin/perenne --help"

demo: .venv/.pret ## Construit la démonstration, écrit ses notes et sert son site
	@$(BIN)/perenne demo

stop: ## Arrête le site de démonstration laissé en route
	@if [ -x $(BIN)/perenne ]; then $(BIN)/perenne demo --arreter; fi

test: .venv/.pret-dev ## Lance tous les tests
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: .venv/.pret-dev ## Contrôle le style, les types, les imports et les tailles
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest tests/repo

fix: .venv/.pret-dev ## Corrige le style et régénère ce qui est généré
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(MAKE) --no-print-directory docs

docs: .venv/.pret-dev ## Régénère les pages de référence et les schémas
	@$(BIN)/python -m perenne.cli.generer
	@$(BIN)/python docs/images/generer.py

bench: .venv/.pret-dev ## Mesure les temps et la mémoire, en rapport à une référence
	@for f in benchmarks/bench_*.py; do echo "== $$f"; $(BIN)/python $$f || exit 1; done

lock: | $(UV) ## Recalcule les verrous de dépendances (avec empreintes, sans adresses)
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements/base.txt pyproject.toml
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --extra ml --extra postgres --extra test --extra quality -c requirements/base.txt -o requirements/dev.txt pyproject.toml
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --extra spark -c requirements/dev.txt -o requirements/spark.txt pyproject.toml

clean: ## Retire ce qui a été installé et produit
	@rm -rf .outils .venv sorties build dist .mypy_cache .ruff_cache .hypothesis
