package org.actsandbox.web.console.delegations;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.delegation.DelegationDisplayState;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PathId;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Flux;

/** Shows all delegations of a world and how far each is used; one click pauses or revokes one. */
@Controller
@RequestMapping("/console/{world}/delegations")
class DelegationPages {

  static final String TEMPLATE = "console/delegations";

  /**
   * The most attempts to read the page without a new journal entry meanwhile. In a busy world the
   * result of the last attempt is shown.
   */
  private static final int TRIES = 3;

  private final DelegationQueries delegationQueries;
  private final ConsoleApiClient consoleApiClient;
  private final LiveDelegations live;
  private final PaymentReader paymentReader;

  DelegationPages(
      DelegationQueries delegationQueries,
      ConsoleApiClient consoleApiClient,
      LiveDelegations live,
      PaymentReader paymentReader) {
    this.delegationQueries = delegationQueries;
    this.consoleApiClient = consoleApiClient;
    this.live = live;
    this.paymentReader = paymentReader;
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    return list(pageRequest, null);
  }

  private Rendering list(PageRequest pageRequest, @Nullable String refused) {
    var world = pageRequest.world();
    var state = state(pageRequest.query("state"));
    long position = world.journalStore().lastSeq();
    var shown =
        delegationQueries.page(world, pageRequest.principal(), state, pageRequest.query("cursor"));
    for (int i = 1; i < TRIES && world.journalStore().lastSeq() != position; i++) {
      position = world.journalStore().lastSeq();
      shown =
          delegationQueries.page(
              world, pageRequest.principal(), state, pageRequest.query("cursor"));
    }
    var pageBuilder =
        pageRequest
            .page(TEMPLATE, "delegations")
            .with("cards", shown.cards())
            .with("next", NextPageLink.next(pageRequest, shown.next()))
            .with("asked", delegationQueries.waiting(world, pageRequest.principal()))
            .with("asks", asksEveryPayment(pageRequest))
            .with("state", state == null ? "" : state.code().toLowerCase(Locale.ROOT))
            .with("states", List.of("", "active", "suspended", "revoked", "expired"))
            .with("kind", world.settings().agentKind().code())
            .with("here", pageRequest.here())
            .with("live", LiveDelegations.address(pageRequest, state, position))
            .with("refused", refused)
            .with("done", pageRequest.query("done"));
    if (refused != null) {
      pageBuilder.status(422);
    }
    return pageBuilder.show();
  }

  private boolean asksEveryPayment(PageRequest pageRequest) {
    return paymentReader.asksEveryPayment(
        pageRequest.world(), pageRequest.principal().did().orElseThrow());
  }

  static @Nullable DelegationDisplayState state(@Nullable String name) {
    if (name == null) {
      return null;
    }
    try {
      return DelegationDisplayState.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new Refusal(Problem.INVALID_FIELD, "there is no such state")
          .at("state")
          .expected("active, suspended, revoked or expired")
          .observed(name);
    }
  }

  /** Suspends, resumes or revokes a delegation over the HTTP API that all clients use. */
  @PostMapping("/{id}/{move:suspend|resume|revoke}")
  Rendering move(
      PageRequest pageRequest,
      @PathVariable String id,
      @PathVariable String move,
      FormFields form) {
    requireId(id);
    var wish = new HashMap<String, String>();
    for (var field : List.of("reason", "pin")) {
      var value = form.first(field);
      if (value != null) {
        wish.put(field, value);
      }
    }
    consoleApiClient.post(
        pageRequest.world(), pageRequest.principal(), "/delegations/iacs/" + id + "/" + move, wish);
    if (pageRequest.isPartial()) {
      // The live connection sends the result. It may arrive before this answer and replace the
      // button.
      return pageRequest.fragment("console/layout :: nothing", Map.of());
    }
    boolean detail = "detail".equals(form.first("from"));
    return pageRequest.redirect(
        pageRequest.here() + "/delegations" + (detail ? "/" + id : "") + "?done=" + move);
  }

  /**
   * Chooses whether the principal is asked for every payment. Only the choice to be asked less
   * often needs the PIN.
   */
  @PostMapping("/asking")
  Rendering ask(PageRequest pageRequest, FormFields form) {
    boolean every = "every".equals(form.first("ask"));
    var wish = new HashMap<String, Object>();
    wish.put("ask_every_payment", every);
    if (!every && form.first("pin") != null) {
      wish.put("pin", form.first("pin"));
    }
    try {
      consoleApiClient.post(pageRequest.world(), pageRequest.principal(), "/psp/preferences", wish);
    } catch (UnexpectedReply refusal) {
      if (refusal.code().startsWith("pin_") || refusal.code().equals("invalid_field")) {
        return list(pageRequest, refusal.code());
      }
      throw refusal;
    }
    return pageRequest.redirect(
        pageRequest.here() + "/delegations?done=" + (every ? "asks" : "trusts"));
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  Flux<ServerSentEvent<String>> live(
      PageRequest pageRequest,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var after = LivePages.position(lastEventId == null ? pageRequest.query("after") : lastEventId);
    var filter =
        new LiveDelegations.PageFilter(
            state(pageRequest.query("state")),
            pageRequest.query("cursor"),
            pageRequest.query("only"));
    return live.follow(
        pageRequest.world(), pageRequest.principal(), after, filter, pageRequest.words());
  }

  static void requireId(String id) {
    PathId.require(id, "delegation", "delegation_id");
  }
}
