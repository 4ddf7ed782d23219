package org.actsandbox.web.console.delegations;

import java.util.List;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.DelegationReader;
import org.actsandbox.web.console.port.PaymentReader;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows one delegation in full: what was signed, what it permits, and what was paid, refused and
 * changed.
 */
@Controller
@RequestMapping("/console/{world}/delegations/{id}")
class DelegationDetailPage {

  static final String TEMPLATE = "console/delegation";

  private static final List<String> VIEWS = List.of("permits", "pretty", "canonical", "jwt");

  private final DelegationQueries delegationQueries;
  private final DelegationHistory delegationHistory;
  private final DelegationReader delegationReader;
  private final PaymentReader paymentReader;

  DelegationDetailPage(
      DelegationQueries delegationQueries,
      DelegationHistory delegationHistory,
      DelegationReader delegationReader,
      PaymentReader paymentReader) {
    this.delegationQueries = delegationQueries;
    this.delegationHistory = delegationHistory;
    this.delegationReader = delegationReader;
    this.paymentReader = paymentReader;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String id) {
    DelegationPages.requireId(id);
    var world = pageRequest.world();
    long position = world.journalStore().lastSeq();
    var delegationCard = delegationQueries.card(world, pageRequest.principal(), id);
    var wanted = pageRequest.query("view");
    var view = wanted != null && VIEWS.contains(wanted) ? wanted : "permits";
    var credentialView =
        CredentialView.of(delegationReader.credential(world, pageRequest.principal(), id).iac());
    var pageBuilder =
        pageRequest
            .page(TEMPLATE, "delegations")
            .with(
                "permits",
                SignedField.all(
                    delegationCard.authority(),
                    delegationCard.view().summary(),
                    pageRequest.words()))
            .with("credential", credentialView)
            .with("view", view)
            .with("views", VIEWS)
            .with("here", pageRequest.here())
            .with(
                "live", pageRequest.here() + "/delegations/live?only=" + id + "&after=" + position)
            .with("done", pageRequest.query("done"));
    delegationHistory
        .model(world, pageRequest.principal(), delegationCard, pageRequest.words())
        .forEach(pageBuilder::with);
    return pageBuilder.show();
  }

  /** Shows the payments under the delegation page by page. */
  @GetMapping("/payments")
  Rendering payments(PageRequest pageRequest, @PathVariable String id) {
    DelegationPages.requireId(id);
    var world = pageRequest.world();
    var found =
        paymentReader.underDelegation(
            world, pageRequest.principal(), id, pageRequest.query("cursor"));
    return pageRequest
        .page("console/delegation-payments", "delegations")
        .with("c", delegationQueries.card(world, pageRequest.principal(), id))
        .with("payments", found.items())
        .with("here", pageRequest.here())
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .with("next", NextPageLink.next(pageRequest, found.next()))
        .show();
  }
}
