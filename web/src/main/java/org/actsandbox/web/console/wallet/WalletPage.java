package org.actsandbox.web.console.wallet;

import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.ledger.Accounts;
import org.actsandbox.sandbox.psp.ledger.Wallet;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.Paging;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.principal.Surfaces;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** What the principal owns, through what it can be spent, and where it went. */
@Controller
@RequestMapping("/console/{world}/wallet")
class WalletPage {

  private static final Set<String> MOVES = Set.of("freeze", "unfreeze");

  private final Surfaces surfaces;

  WalletPage(Surfaces surfaces) {
    this.surfaces = surfaces;
  }

  @GetMapping
  Rendering show(Visit visit) {
    return show(visit, null);
  }

  private Rendering show(Visit visit, @Nullable WalletRefusal refused) {
    var psp = visit.world().part(Psp.class);
    var you = visit.you().did().orElseThrow();
    var wanted = visit.query("account");
    var account = Wallet.requireAccount(wanted == null ? "balance" : wanted);
    var statement = psp.ledger().statement(Accounts.of(you, account), visit.query("cursor"));
    var instruments =
        psp.instruments().newest(you, null, null).items().stream()
            .map(Instrument::shownToPrincipal)
            .toList();
    var page =
        visit
            .page("console/wallet", "wallet")
            .with("wallet", Wallet.of(psp.ledger(), you, psp.pins().state(you)))
            .with("account", account)
            .with("instruments", instruments)
            .with("statement", statement.items())
            .with("narrator", new Narrator(visit.words()))
            .with("next", Paging.next(visit, statement.next()))
            .with("refused", refused)
            .with("done", visit.query("done"));
    if (refused != null) {
      page.status(422);
    }
    return page.show();
  }

  @PostMapping("/instruments/{ref}/{move}")
  Rendering move(
      Visit visit, @PathVariable String ref, @PathVariable String move, FormFields form) {
    if (!MOVES.contains(move) || !ref.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such step");
    }
    var pin = form.first("pin");
    try {
      surfaces.post(
          visit.world(),
          visit.you(),
          "/psp/instruments/" + ref + "/" + move,
          pin == null ? Map.of() : Map.of("pin", pin));
    } catch (Unexpected refusal) {
      if (!WalletRefusal.TRY_AGAIN.contains(refusal.code())) {
        throw refusal;
      }
      return show(visit, new WalletRefusal(ref, refusal.code(), refusal.finer("field")));
    }
    return visit.redirect(visit.here() + "/wallet?done=" + move);
  }
}
