package org.actsandbox.web.console.wallet;

import java.util.Set;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.principal.Surfaces;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Binding of an instrument (ACT PSD-1): first what it permits, then the PIN for just that. */
@Controller
@RequestMapping("/console/{world}/wallet/bindings")
class BindingPages {

  private static final String BINDINGS = "/psp/bindings";

  /** Refusals after which the page is shown again with what is wrong. */
  private static final Set<String> TRY_AGAIN =
      Set.of("pin_wrong", "pin_locked", "invalid_field", "approval_mismatch");

  /** Refusals of the wish, shown beside its form. */
  private static final Set<String> WISH_AGAIN =
      Set.of(
          "invalid_field",
          "agent_unknown",
          "account_limit_exceeded",
          "binding_failed",
          "duplicate_request");

  private final Surfaces surfaces;

  BindingPages(Surfaces surfaces) {
    this.surfaces = surfaces;
  }

  @GetMapping
  Rendering ask(Visit visit) {
    return form(visit, null);
  }

  private static Rendering form(Visit visit, @Nullable String refused) {
    var page =
        visit
            .page("console/binding-new", "wallet")
            .with("agent", visit.world().agent().value())
            .with("stamp", visit.world().journalStore().lastSeq())
            .with("refused", refused);
    if (refused != null) {
      page.status(422);
    }
    return page.show();
  }

  /** The same form sent twice is one binding: its stamp says when it was shown. */
  @PostMapping
  Rendering take(Visit visit, FormFields form) {
    var wish = form.filled("agent_id", "account", "limit_per_payment", "valid_until");
    var stamp = form.first("stamp");
    if (stamp == null || !stamp.matches("[0-9]{1,18}")) {
      throw new Refusal(Problem.INVALID_FIELD, "the form has no stamp").at("stamp");
    }
    wish.put("request_id", "console-" + stamp + "-" + Integer.toHexString(wish.hashCode()));
    try {
      var asked = surfaces.post(visit.world(), visit.you(), BINDINGS, wish);
      return visit.redirect(
          visit.here() + "/wallet/bindings/" + asked.path("binding_id").asString());
    } catch (Unexpected refusal) {
      if (WISH_AGAIN.contains(refusal.code())) {
        return form(visit, refusal.code());
      }
      throw refusal;
    }
  }

  @GetMapping("/{id}")
  Rendering show(Visit visit, @PathVariable String id) {
    return shown(visit, id, null);
  }

  private Rendering shown(Visit visit, String id, @Nullable String refused) {
    requireId(id);
    var you = visit.you().did().orElseThrow();
    var psp = visit.world().part(Psp.class);
    InstrumentBindings.Shown binding = psp.bindings().show(you, id);
    var page =
        visit
            .page("console/binding", "wallet")
            .with("b", binding)
            .with("pin", psp.pins().state(you))
            .with("narrator", new Narrator(visit.words()))
            .with("refused", refused);
    if (refused != null) {
      page.status(422);
    }
    return page.show();
  }

  @PostMapping("/{id}")
  Rendering decide(Visit visit, @PathVariable String id, FormFields form) {
    requireId(id);
    var decision = form.filled("decision", "digest", "pin");
    try {
      surfaces.post(visit.world(), visit.you(), BINDINGS + "/" + id + "/confirmation", decision);
    } catch (Unexpected refusal) {
      if (TRY_AGAIN.contains(refusal.code())) {
        return shown(visit, id, refusal.code());
      }
      throw refusal;
    }
    var done = "DECLINE".equals(decision.get("decision")) ? "bind_declined" : "bind";
    return visit.redirect(visit.here() + "/wallet?done=" + done);
  }

  private static void requireId(String id) {
    if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such binding").at("binding_id");
    }
  }
}
