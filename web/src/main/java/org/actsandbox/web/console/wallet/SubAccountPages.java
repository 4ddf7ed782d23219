package org.actsandbox.web.console.wallet;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.agent.BuyerAgents;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.world.World;
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

/** Agents' own sub-accounts (ACT PSD-2): money the principal sets apart, and takes back. */
@Controller
@RequestMapping("/console/{world}/sub-accounts")
class SubAccountPages {

  private static final String ACCOUNTS = "/psp/sub-accounts";

  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final int LOOKED_AT = 20;

  private final Surfaces surfaces;

  SubAccountPages(Surfaces surfaces) {
    this.surfaces = surfaces;
  }

  @GetMapping
  Rendering list(Visit visit) {
    return list(visit, null);
  }

  private Rendering list(Visit visit, @Nullable WalletRefusal refused) {
    var psp = visit.world().part(Psp.class);
    var found = psp.subAccounts().newest(visit.you().subject(), null, visit.query("cursor"));
    var page =
        visit
            .page("console/sub-accounts", "wallet")
            .with("accounts", found.items())
            .with("narrator", new Narrator(visit.words()))
            .with("agent", visit.world().agent().value())
            .with("stamp", visit.world().journalStore().lastSeq())
            .with("next", Paging.next(visit, found.next()))
            .with("refused", refused)
            .with("done", visit.query("done"));
    if (refused != null) {
      page.status(422);
    }
    return page.show();
  }

  @GetMapping("/{id}")
  Rendering statement(Visit visit, @PathVariable String id) {
    requireId(id);
    var psp = visit.world().part(Psp.class);
    var account = psp.subAccounts().of(visit.you().did().orElseThrow(), id);
    var lines = psp.ledger().statement(account.account(), visit.query("cursor"));
    return visit
        .page("console/sub-account", "wallet")
        .with("a", psp.subAccounts().show(account))
        .with("narrator", new Narrator(visit.words()))
        .with("statement", lines.items())
        .with("next", Paging.next(visit, lines.next()))
        .show();
  }

  @PostMapping
  Rendering open(Visit visit, FormFields form) {
    var wish = form.filled("agent_id", "label", "pin");
    return taken(visit, "open", ACCOUNTS, wish, "open");
  }

  /** The same form sent twice is booked once: its stamp says when it was shown. */
  @PostMapping("/{id}/top-up")
  Rendering topUp(Visit visit, @PathVariable String id, FormFields form) {
    requireId(id);
    var wish = form.filled("amount", "from", "pin");
    var stamp = form.first("stamp");
    if (stamp == null || !stamp.matches("[0-9]{1,18}")) {
      throw new Refusal(Problem.INVALID_FIELD, "the form has no stamp").at("stamp");
    }
    wish.put(
        "request_id",
        "console-%s-%s-%s"
            .formatted(stamp, wish.getOrDefault("amount", ""), wish.getOrDefault("from", "")));
    return taken(visit, id, ACCOUNTS + "/" + id + "/top-ups", wish, "top-up");
  }

  @PostMapping("/{id}/{move:freeze|unfreeze|cancel}")
  Rendering move(Visit visit, @PathVariable String id, @PathVariable String move, FormFields form) {
    requireId(id);
    var pin = form.first("pin");
    return taken(
        visit,
        id,
        ACCOUNTS + "/" + id + "/" + move,
        pin == null ? Map.of() : Map.of("pin", pin),
        move);
  }

  private Rendering taken(
      Visit visit, String form, String path, Map<String, String> body, String done) {
    try {
      surfaces.post(visit.world(), visit.you(), path, body);
    } catch (Unexpected refusal) {
      if (!WalletRefusal.TRY_AGAIN.contains(refusal.code())) {
        throw refusal;
      }
      return list(visit, new WalletRefusal(form, refusal.code(), refusal.finer("field")));
    }
    tellTasks(visit.world(), visit.you());
    return visit.redirect(visit.here() + "/sub-accounts?done=" + done);
  }

  /** A task that waits for its account need not wait until it looks again. */
  private void tellTasks(World world, Caller you) {
    world.part(BuyerAgents.class).of(you).tasking().newest(END_OF_TIME, "~", LOOKED_AT).stream()
        .filter(task -> !task.state().isFinal())
        .forEach(
            task ->
                surfaces.post(
                    world,
                    you,
                    "/agents/demo-agent/tasks/" + task.taskId() + "/continue",
                    Map.of()));
  }

  private static void requireId(String id) {
    if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such sub-account").at("sub_account_id");
    }
  }
}
