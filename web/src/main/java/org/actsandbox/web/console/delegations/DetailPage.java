package org.actsandbox.web.console.delegations;

import java.util.List;
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.frame.Paging;
import org.actsandbox.web.console.frame.Visit;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** One delegation in full: what was signed, what it permits, what was paid, refused and changed. */
@Controller
@RequestMapping("/console/{world}/delegations/{id}")
class DetailPage {

  static final String TEMPLATE = "console/delegation";

  private static final List<String> VIEWS = List.of("permits", "pretty", "canonical", "jwt");

  private final Authorities authorities;
  private final Stories stories;

  DetailPage(Authorities authorities, Stories stories) {
    this.authorities = authorities;
    this.stories = stories;
  }

  @GetMapping
  Rendering show(Visit visit, @PathVariable String id) {
    DelegationPages.requireId(id);
    var world = visit.world();
    long position = world.journalStore().lastSeq();
    var card = authorities.card(world, visit.you(), id);
    var wanted = visit.query("view");
    var view = wanted != null && VIEWS.contains(wanted) ? wanted : "permits";
    var credential = Credential.of(world.part(Delegations.class).credential(id, visit.you()).iac());
    var page =
        visit
            .page(TEMPLATE, "delegations")
            .with("permits", Permit.all(card.authority(), card.view().summary(), visit.words()))
            .with("credential", credential)
            .with("view", view)
            .with("views", VIEWS)
            .with("here", visit.here())
            .with("live", visit.here() + "/delegations/live?only=" + id + "&after=" + position)
            .with("done", visit.query("done"));
    stories.model(world, visit.you(), card, visit.words()).forEach(page::with);
    return page.show();
  }

  /** Older payments, page by page. */
  @GetMapping("/payments")
  Rendering payments(Visit visit, @PathVariable String id) {
    DelegationPages.requireId(id);
    var world = visit.world();
    var found = world.part(Psp.class).payments().list(visit.you(), null, id, visit.query("cursor"));
    return visit
        .page("console/delegation-payments", "delegations")
        .with("c", authorities.card(world, visit.you(), id))
        .with("payments", found.items())
        .with("here", visit.here())
        .with("narrator", new Narrator(visit.words()))
        .with("next", Paging.next(visit, found.next()))
        .show();
  }
}
