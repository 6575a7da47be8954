// Keeps what is typed while an automatic save is under way, and says when one did not reach the server: the page
// works without this file, and without scripts.
(function () {
  "use strict";
  var formulaire = document.getElementById("grille");
  var etat = document.getElementById("etat");
  if (!formulaire || !etat) { return; }
  var enAttente = false;
  var envoyees = {};
  var ici = null;

  function dire(texte) {
    etat.textContent = texte;
    etat.classList.add("erreur");
  }

  function saisies(question) {
    var champs = question.querySelectorAll("input:not([type=hidden]), select, textarea");
    return Array.prototype.map.call(champs, function (champ) {
      return champ.type === "radio" ? champ.checked : champ.value;
    }).join("\n");
  }

  function valeur(element, nom) {
    var champ = element.querySelector("[name=" + nom + "]");
    return champ && champ.value;
  }

  formulaire.addEventListener("input", function () { enAttente = true; });
  formulaire.addEventListener("submit", function () { enAttente = false; });
  formulaire.addEventListener("htmx:beforeSend", function () {
    enAttente = false;
    envoyees = {};
    formulaire.querySelectorAll(".question").forEach(function (question) {
      envoyees[question.id] = saisies(question);
    });
  });
  formulaire.addEventListener("htmx:beforeSwap", function () {
    ici = document.activeElement && document.activeElement.closest(".question");
  });
  formulaire.addEventListener("htmx:oobBeforeSwap", function (evenement) {
    var ancien = evenement.detail.target;
    var nouveau = evenement.detail.fragment;
    if (ancien.classList.contains("question")) {
      // Something was typed since: the next save will ask which one to keep.
      evenement.detail.shouldSwap = saisies(ancien) === envoyees[ancien.id];
    } else if (ancien.id.indexOf("m-") === 0) {
      var critere = ancien.id.slice(2);
      var choisi = ancien.querySelector("input:checked");
      var meme = choisi && valeur(ancien, critere + "-conflit") === valeur(nouveau, critere + "-conflit");
      // What was chosen since stays chosen, unless the other version has changed meanwhile.
      if (meme) { nouveau.querySelector("#" + choisi.id).checked = true; }
    }
  });
  formulaire.addEventListener("htmx:afterRequest", function (evenement) {
    if (!evenement.detail.successful) {
      enAttente = true;
      return;
    }
    etat.classList.remove("erreur");
    if (formulaire.querySelector("[id^=conflit-], .erreur")) { enAttente = true; }
    if (ici && document.activeElement === document.body) {
      var suite = document.getElementById(ici.id).querySelector("input:checked");
      if (suite) { suite.focus({preventScroll: true}); }
    }
  });
  formulaire.addEventListener("htmx:sendError", function () {
    dire("Pas enregistré : la connexion est coupée. Vos réponses restent à l’écran ; elles partiront à la prochaine modification.");
  });
  formulaire.addEventListener("htmx:responseError", function (evenement) {
    var statut = evenement.detail.xhr.status;
    if (statut === 401) {
      dire("Pas enregistré : vous n’êtes plus connecté. Reconnectez-vous dans un autre onglet, puis revenez ici.");
    } else if (statut === 403 || statut === 404) {
      dire("Pas enregistré : cette page n’est plus valable. Copiez ce que vous venez d’écrire, puis rechargez-la.");
    } else {
      dire("Pas enregistré : le serveur n’a pas su répondre. Essayez le bouton « Enregistrer ».");
    }
  });
  window.addEventListener("beforeunload", function (evenement) {
    if (enAttente) { evenement.preventDefault(); }
  });
}());
