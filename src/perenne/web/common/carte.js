/* A map that one moves, when it is asked for: the drawing and its table say the same without it. */
(function () {
  "use strict";
  var BULLE = { maxWidth: 280 };
  var cartes = new WeakMap();

  function element(nom, texte, proprietes) {
    var e = document.createElement(nom);
    if (texte) { e.textContent = texte; }
    return Object.assign(e, proprietes);
  }

  /* One script, one style sheet, loaded once: from this site, whose policy allows nothing else. */
  var charges = {};
  function charger(adresse, nom) {
    charges[adresse] = charges[adresse] || new Promise(function (bien, mal) {
      var e = nom === "script" ? element(nom, "", { src: adresse })
        : element(nom, "", { rel: "stylesheet", href: adresse });
      e.onload = bien;
      e.onerror = function () { delete charges[adresse]; e.remove(); mal(); };
      document.head.append(e);
    });
    return charges[adresse];
  }

  function lireDonnees(adresse) {
    return fetch(adresse).then(function (r) {
      if (!r.ok) { throw new Error(r.status); }
      return r.json();
    });
  }

  /* Signs are those of the legend: cloned from it, so that both always agree. */
  function icone(L, figure, p) {
    if (p.role === "groupe") {
      var dit = p.nombre.toLocaleString("fr-FR");
      var cote = 16 + 7 * dit.length;
      return L.divIcon({ className: "disque", html: element("span", dit), iconSize: [cote, cote] });
    }
    var modele = figure.parentNode.querySelector(".signes [data-signe='" + p.signe + "'] svg");
    return L.divIcon({ className: "point", html: modele && modele.cloneNode(true), iconSize: [18, 18] });
  }

  function bulle(p, id) {
    var boite = element("div");
    if (p.role === "groupe") {
      boite.append(element("p", p.lieu + " : " + p.nombre.toLocaleString("fr-FR") + " entreprise" + (p.nombre > 1 ? "s" : "")));
      return boite;
    }
    var nom = element("p");
    nom.append(element("a", p.nom, { href: "/entreprises/" + encodeURIComponent(id) + "/" }));
    boite.append(nom);
    [p.activites.join(", ") || "Aucune activité reconnue", p.lieu, "Point : " + p.situation].forEach(function (t) {
      boite.append(element("p", t));
    });
    return boite;
  }

  /* Names of places, the most inhabited first, those that would cover another left out until one zooms. */
  function nommer(L, carte, lieux) {
    var groupe = L.layerGroup().addTo(carte);
    lieux.sort(function (a, b) { return b.poids - a.poids; });
    function ecrire() {
      var prises = [];
      groupe.clearLayers();
      lieux.forEach(function (l) {
        var c = carte.latLngToLayerPoint(l.ou), demi = 4.2 * (l.nom || "").length;
        var couvre = prises.some(function (q) { return Math.abs(q.x - c.x) < q.demi + demi && Math.abs(q.y - c.y) < 22; });
        if (!l.nom || couvre) { return; }
        prises.push({ x: c.x, y: c.y, demi: demi });
        groupe.addLayer(L.marker(l.ou, {
          interactive: false, keyboard: false, zIndexOffset: -10000,
          icon: L.divIcon({ className: "lieu", html: element("span", l.nom), iconSize: [0, 0] })
        }));
      });
    }
    carte.on("zoomend", ecrire);
    carte.whenReady(ecrire);
  }

  function ouvrir(zone, donnees) {
    var L = window.L;
    var figure = zone.closest("figure");
    var calme = matchMedia("(prefers-reduced-motion: reduce)").matches;
    var boite = element("div", "", { className: "mobile" });
    boite.setAttribute("role", "region");
    boite.setAttribute("aria-label", "Carte : les flèches la déplacent, + et − l’agrandissent et la réduisent. La même liste est en tableau au-dessous.");
    /* Outside the figure, whose rules on drawings are not for this one. */
    figure.after(boite);
    var carte = L.map(boite, {
      attributionControl: false, zoomControl: false, scrollWheelZoom: false, zoomSnap: 0.5, maxZoom: 18,
      zoomAnimation: !calme, fadeAnimation: !calme, markerZoomAnimation: !calme, inertia: !calme
    });
    L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(carte);
    L.control.scale({ imperial: false }).addTo(carte);
    var points = {}, lieux = [], siens = L.featureGroup();
    var rangs = { alentours: 0, territoire: 1, quartier: 2 };
    donnees.features.filter(function (f) { return f.properties.role in rangs; })
      .sort(function (a, b) { return rangs[a.properties.role] - rangs[b.properties.role]; })
      .forEach(function (f) {
        var couche = L.geoJSON(f, { style: { className: f.properties.role, weight: 1, fillOpacity: 1 } });
        /* Not a tooltip: what listens to the focus enters the order of the keyboard. */
        if (f.properties.role === "quartier") { couche.bindPopup(element("p", "Quartier prioritaire : " + f.properties.nom)); }
        couche.addTo(carte);
        if (f.properties.role !== "alentours") { siens.addLayer(couche); }
        if (f.properties.role !== "quartier") { lieux.push({ nom: f.properties.nom, poids: f.properties.population || 0, ou: couche.getBounds().getCenter() }); }
      });
    donnees.features.forEach(function (f) {
      var p = f.properties;
      if (!f.geometry || f.geometry.type !== "Point") { return; }
      var c = f.geometry.coordinates;
      /* Not in the order of the keyboard, which would stop hundreds of times: the table leads to each. */
      points[f.id] = L.marker([c[1], c[0]], { icon: icone(L, figure, p), keyboard: false })
        .bindPopup(function () { return bulle(p, f.id); }, BULLE).addTo(carte);
    });
    nommer(L, carte, lieux);
    carte.getPane("markerPane").setAttribute("aria-hidden", "true");
    carte.fitBounds(siens.getBounds(), { padding: [8, 8], animate: false });
    carte.setMinZoom(carte.getZoom() - 1);
    carte.setMaxBounds(siens.getBounds().pad(1));
    carte.on("popupopen", function (e) {
      var b = e.popup.getElement().querySelector(".leaflet-popup-close-button");
      if (b) { b.setAttribute("aria-label", "Fermer"); }
    });
    boite.addEventListener("keydown", function (e) {
      if (e.key === "Escape") { carte.closePopup(); boite.focus(); }
    });
    return { carte: carte, boite: boite, points: points };
  }

  /* Each line of the table leads to its point, by keyboard too. */
  function relier(zone, ouverte) {
    var partie = zone.closest("figure").parentNode;
    partie.querySelectorAll("tr[data-point]").forEach(function (ligne) {
      var marque = ouverte.points[ligne.dataset.point];
      if (!marque) { return; }
      var nom = ligne.querySelector("th a").textContent;
      var b = element("button", "Voir sur la carte", { type: "button", className: "lien vers-carte" });
      b.setAttribute("aria-label", "Voir sur la carte : " + nom);
      b.addEventListener("click", function () {
        ouverte.carte.setView(marque.getLatLng(), Math.max(ouverte.carte.getZoom(), 13), { animate: false });
        marque.openPopup();
        ouverte.boite.scrollIntoView({ block: "center" });
        var lien = marque.getPopup().getElement().querySelector("a[href]");
        if (lien) { lien.focus({ preventScroll: true }); }
      });
      ligne.lastElementChild.append(" ", b);
    });
  }

  function fermer(zone, ouverte) {
    zone.closest("figure").parentNode.querySelectorAll(".vers-carte").forEach(function (b) { b.remove(); });
    ouverte.carte.remove();
    ouverte.boite.remove();
    cartes.delete(zone);
  }

  function basculer(zone, bouton, avis) {
    var dessin = zone.querySelector("svg");
    var ouverte = cartes.get(zone);
    if (ouverte) {
      fermer(zone, ouverte);
      dessin.toggleAttribute("hidden", false);
      bouton.textContent = "Déplacer et agrandir la carte";
      return;
    }
    bouton.disabled = true;
    avis.textContent = "Chargement de la carte…";
    Promise.all([
      lireDonnees(zone.dataset.carte),
      charger(zone.dataset.script, "script"),
      charger(zone.dataset.feuille, "link")
    ]).then(function (lus) {
      dessin.toggleAttribute("hidden", true);
      ouverte = ouvrir(zone, lus[0]);
      cartes.set(zone, ouverte);
      relier(zone, ouverte);
      bouton.textContent = "Revenir au dessin";
      avis.textContent = "";
      bouton.disabled = false;
      ouverte.boite.focus({ preventScroll: true });
    }).catch(function () {
      avis.textContent = "La carte n’a pas pu être chargée : le dessin et le tableau disent la même chose. Réessayez.";
      bouton.disabled = false;
    });
  }

  function preparer(racine) {
    racine.querySelectorAll("[data-carte]:not([data-prete])").forEach(function (zone) {
      zone.dataset.prete = "";
      var p = element("p", "", { className: "outils" });
      var bouton = element("button", "Déplacer et agrandir la carte", { type: "button", className: "discret" });
      var avis = element("span", "", { className: "note" });
      avis.setAttribute("role", "status");
      bouton.addEventListener("click", function () { basculer(zone, bouton, avis); });
      p.append(bouton, " ", avis);
      zone.before(p);
    });
  }

  preparer(document);
  document.addEventListener("htmx:load", function (e) { preparer(e.target.parentNode || document); });
})();
