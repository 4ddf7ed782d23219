package org.actsandbox.web.console.delegations;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.delegation.ShownState;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.frame.Paging;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.principal.Surfaces;
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

/** All delegations of a world: how far each is used, and one click to pause or take it back. */
@Controller
@RequestMapping("/console/{world}/delegations")
class DelegationPages {

  static final String TEMPLATE = "console/delegations";

  /** Again until nothing happened while the page was read; a busy world gets the last try. */
  private static final int TRIES = 3;

  private final Authorities authorities;
  private final Surfaces surfaces;
  private final LiveDelegations live;

  DelegationPages(Authorities authorities, Surfaces surfaces, LiveDelegations live) {
    this.authorities = authorities;
    this.surfaces = surfaces;
    this.live = live;
  }

  @GetMapping
  Rendering list(Visit visit) {
    return list(visit, null);
  }

  private Rendering list(Visit visit, @Nullable String refused) {
    var world = visit.world();
    var state = state(visit.query("state"));
    long position = world.journalStore().lastSeq();
    var shown = authorities.page(world, visit.you(), state, visit.query("cursor"));
    for (int i = 1; i < TRIES && world.journalStore().lastSeq() != position; i++) {
      position = world.journalStore().lastSeq();
      shown = authorities.page(world, visit.you(), state, visit.query("cursor"));
    }
    var page =
        visit
            .page(TEMPLATE, "delegations")
            .with("cards", shown.cards())
            .with("next", Paging.next(visit, shown.next()))
            .with("asked", authorities.waiting(world, visit.you()))
            .with("asks", asksEveryPayment(visit))
            .with("state", state == null ? "" : state.code().toLowerCase(Locale.ROOT))
            .with("states", List.of("", "active", "suspended", "revoked", "expired"))
            .with("kind", world.settings().agentKind().code())
            .with("here", visit.here())
            .with("live", LiveDelegations.address(visit, state, position))
            .with("refused", refused)
            .with("done", visit.query("done"));
    if (refused != null) {
      page.status(422);
    }
    return page.show();
  }

  private static boolean asksEveryPayment(Visit visit) {
    return visit
        .world()
        .part(Psp.class)
        .preferences()
        .get(visit.you().did().orElseThrow())
        .askEveryPayment();
  }

  static @Nullable ShownState state(@Nullable String name) {
    if (name == null) {
      return null;
    }
    try {
      return ShownState.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new Refusal(Problem.INVALID_FIELD, "there is no such state")
          .at("state")
          .expected("active, suspended, revoked or expired")
          .observed(name);
    }
  }

  /** Takes the same door as everybody else. */
  @PostMapping("/{id}/{move:suspend|resume|revoke}")
  Rendering move(Visit visit, @PathVariable String id, @PathVariable String move, FormFields form) {
    requireId(id);
    var wish = new HashMap<String, String>();
    for (var field : List.of("reason", "pin")) {
      var value = form.first(field);
      if (value != null) {
        wish.put(field, value);
      }
    }
    surfaces.post(visit.world(), visit.you(), "/delegations/iacs/" + id + "/" + move, wish);
    if (visit.isPartial()) {
      // The live connection brings what it led to; it may come first, and take the button away.
      return visit.fragment("console/layout :: nothing", Map.of());
    }
    boolean detail = "detail".equals(form.first("from"));
    return visit.redirect(
        visit.here() + "/delegations" + (detail ? "/" + id : "") + "?done=" + move);
  }

  /** Being asked more often is one click; less often takes the PIN. */
  @PostMapping("/asking")
  Rendering ask(Visit visit, FormFields form) {
    boolean every = "every".equals(form.first("ask"));
    var wish = new HashMap<String, Object>();
    wish.put("ask_every_payment", every);
    if (!every && form.first("pin") != null) {
      wish.put("pin", form.first("pin"));
    }
    try {
      surfaces.post(visit.world(), visit.you(), "/psp/preferences", wish);
    } catch (Unexpected refusal) {
      if (refusal.code().startsWith("pin_") || refusal.code().equals("invalid_field")) {
        return list(visit, refusal.code());
      }
      throw refusal;
    }
    return visit.redirect(visit.here() + "/delegations?done=" + (every ? "asks" : "trusts"));
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  Flux<ServerSentEvent<String>> live(
      Visit visit,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var after = LivePages.position(lastEventId == null ? visit.query("after") : lastEventId);
    var seen =
        new LiveDelegations.Seen(
            state(visit.query("state")), visit.query("cursor"), visit.query("only"));
    return live.follow(visit.world(), visit.you(), after, seen, visit.words());
  }

  static void requireId(String id) {
    if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such delegation").at("delegation_id");
    }
  }
}
