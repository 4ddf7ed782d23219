package org.actsandbox.web.console.wallet;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PathId;
import org.actsandbox.web.console.port.WalletReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Binds an instrument to an agent (ACT PSD-1): the principal reads what the binding permits and
 * then confirms exactly that with the PIN.
 */
@Controller
@RequestMapping("/console/{world}/wallet/bindings")
class BindingPages {

  private static final String BINDINGS = "/psp/bindings";

  /** Refusals after which the page is shown again with the error. */
  private static final Set<String> TRY_AGAIN =
      Set.of("pin_wrong", "pin_locked", "invalid_field", "approval_mismatch");

  /** Refusals of the first form, which is shown again with the error. */
  private static final Set<String> FORM_AGAIN =
      Set.of(
          "invalid_field",
          "agent_unknown",
          "account_limit_exceeded",
          "binding_failed",
          "duplicate_request");

  private final ConsoleApiClient consoleApiClient;
  private final WalletReader walletReader;

  BindingPages(ConsoleApiClient consoleApiClient, WalletReader walletReader) {
    this.consoleApiClient = consoleApiClient;
    this.walletReader = walletReader;
  }

  @GetMapping
  Rendering ask(PageRequest pageRequest) {
    return form(pageRequest, null);
  }

  private static Rendering form(PageRequest pageRequest, @Nullable String refused) {
    var pageBuilder =
        pageRequest
            .page("console/binding-new", "wallet")
            .with("agents", agents(pageRequest.world()))
            .with("narrator", new EntryNarrator(pageRequest.words()))
            .with("stamp", pageRequest.world().journalStore().lastSeq())
            .with("refused", refused);
    if (refused != null) {
      pageBuilder.status(422);
    }
    return pageBuilder.show();
  }

  /** Returns the agents of the world, the built-in one first. */
  static List<String> agents(World world) {
    return Stream.concat(Stream.of(world.agent()), world.externalAgents().dids().stream())
        .map(Did::value)
        .distinct()
        .toList();
  }

  /** Returns the end of a day at the world's place; other text stays, and is refused later. */
  private static String endOf(String day) {
    try {
      return LocalDate.parse(day).plusDays(1).atStartOfDay(World.ZONE).toInstant().toString();
    } catch (DateTimeException noDay) {
      return day;
    }
  }

  /**
   * Asks for a binding. The same form sent twice makes one binding, because its stamp says when it
   * was shown.
   */
  @PostMapping
  Rendering take(PageRequest pageRequest, FormFields form) {
    var request = form.filled("agent_id", "account", "limit_per_payment", "valid_until");
    request.computeIfPresent("valid_until", (_, day) -> endOf(String.valueOf(day)));
    var stamp = form.first("stamp");
    if (stamp == null || !stamp.matches("[0-9]{1,18}")) {
      throw new Refusal(Problem.INVALID_FIELD, "the form has no stamp").at("stamp");
    }
    request.put("request_id", "console-" + stamp + "-" + Integer.toHexString(request.hashCode()));
    try {
      var requested =
          consoleApiClient.post(pageRequest.world(), pageRequest.principal(), BINDINGS, request);
      return pageRequest.redirect(
          pageRequest.here() + "/wallet/bindings/" + requested.path("binding_id").asString());
    } catch (UnexpectedReply refusal) {
      if (FORM_AGAIN.contains(refusal.code())) {
        return form(pageRequest, refusal.code());
      }
      throw refusal;
    }
  }

  @GetMapping("/{id}")
  Rendering show(PageRequest pageRequest, @PathVariable String id) {
    return page(pageRequest, id, null);
  }

  private Rendering page(PageRequest pageRequest, String id, @Nullable String refused) {
    requireId(id);
    var principal = pageRequest.principal().did().orElseThrow();
    var pageBuilder =
        pageRequest
            .page("console/binding", "wallet")
            .with("b", walletReader.binding(pageRequest.world(), principal, id))
            .with("pin", walletReader.pin(pageRequest.world(), principal))
            .with("narrator", new EntryNarrator(pageRequest.words()))
            .with("refused", refused);
    if (refused != null) {
      pageBuilder.status(422);
    }
    return pageBuilder.show();
  }

  @PostMapping("/{id}")
  Rendering decide(PageRequest pageRequest, @PathVariable String id, FormFields form) {
    requireId(id);
    var decision = form.filled("decision", "digest", "pin");
    try {
      consoleApiClient.post(
          pageRequest.world(),
          pageRequest.principal(),
          BINDINGS + "/" + id + "/confirmation",
          decision);
    } catch (UnexpectedReply refusal) {
      if (TRY_AGAIN.contains(refusal.code())) {
        return page(pageRequest, id, refusal.code());
      }
      if (refusal.status() == 409) {
        // The binding was decided or had ended before; its page says how.
        return pageRequest.redirect(pageRequest.here() + "/wallet/bindings/" + id);
      }
      throw refusal;
    }
    var done = "DECLINE".equals(decision.get("decision")) ? "bind_declined" : "bind";
    return pageRequest.redirect(pageRequest.here() + "/wallet?done=" + done);
  }

  private static void requireId(String id) {
    PathId.require(id, "binding", "binding_id");
  }
}
