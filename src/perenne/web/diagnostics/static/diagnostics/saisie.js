// Says when an automatic save did not reach the server: the page works without this file, and without scripts.
(function () {
  "use strict";
  var formulaire = document.getElementById("grille");
  var etat = document.getElementById("etat");
  if (!formulaire || !etat) { return; }
  var enAttente = false;

  function dire(texte) {
    etat.textContent = texte;
    etat.classList.add("erreur");
  }

  formulaire.addEventListener("input", function () { enAttente = true; });
  formulaire.addEventListener("submit", function () { enAttente = false; });
  formulaire.addEventListener("htmx:afterRequest", function (evenement) {
    if (evenement.detail.successful) {
      enAttente = false;
      etat.classList.remove("erreur");
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
