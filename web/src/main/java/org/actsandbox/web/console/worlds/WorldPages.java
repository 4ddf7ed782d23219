package org.actsandbox.web.console.worlds;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.node.NodeLeases;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.WorldTitleSource;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriUtils;

/**
 * Lists the worlds, makes, resets and deletes them, and shows the clock, faults and proxies of the
 * current one.
 */
@Controller
@RequestMapping("/console/{world}/worlds")
class WorldPages {

  private static final int PAGE = 12;

  /**
   * The query parameter with the cursor of the list of waiting things; the list of worlds has a
   * cursor of its own.
   */
  private static final String DUE = "due";

  private static final Set<String> PIN_REFUSED = Set.of("pin_wrong", "pin_locked", "invalid_field");

  private final Worlds worlds;
  private final NodeLeases leases;
  private final ConsoleApiClient consoleApiClient;
  private final ModelSettings model;
  private final Clock systemClock;
  private final WorldTitleSource worldTitleSource;

  WorldPages(
      Worlds worlds,
      NodeLeases leases,
      ConsoleApiClient consoleApiClient,
      ModelSettings model,
      Clock systemClock,
      WorldTitleSource worldTitleSource) {
    this.worlds = worlds;
    this.leases = leases;
    this.consoleApiClient = consoleApiClient;
    this.model = model;
    this.systemClock = systemClock;
    this.worldTitleSource = worldTitleSource;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest) {
    return page(pageRequest).with("given", Map.of()).with("done", pageRequest.query("done")).show();
  }

  private PageRequest.PageBuilder page(PageRequest pageRequest) {
    var world = pageRequest.world();
    var list = worlds.list(pageRequest.query("cursor"), PAGE);
    var clock =
        consoleApiClient.callControlApi("GET", world, "/clock?limit=10" + after(pageRequest), null);
    var now = Instant.parse(clock.path("now").asString()).atZone(World.ZONE).toLocalDateTime();
    return pageRequest
        .page("console/worlds", "worlds")
        .with("worlds", list.items())
        .with("played", played(pageRequest, list.items()))
        .with("nodes", leases.isShared() ? leases.nodes() : List.of())
        .with("self", leases.ownId())
        .with("next", NextPageLink.next(pageRequest, list.next()))
        .with("now", now.withSecond(0).withNano(0).toString())
        .with(
            "faults", consoleApiClient.callControlApi("GET", world, "/faults", null).path("items"))
        .with(
            "proxies",
            consoleApiClient.callControlApi("GET", world, "/proxies", null).path("items"))
        .with("kinds", FaultForm.all())
        .with("magic", MagicValueRow.all())
        .with("due", DueItem.all(clock.path("next_due"), pageRequest.words()))
        .with("dueNext", dueNext(pageRequest, clock.path("next").asString("")))
        .with("merchants", world.settings().roster())
        .with("outside", world.externalMerchants().all())
        .with("few", few(pageRequest))
        .with("speaks", world.settings().model().on(model))
        .with("verifies", world.settings().proofVerification().code())
        .with("standIns", MutantNotices.of(world))
        .with("usual", WorldSettings.DEFAULT);
  }

  /** Returns the titles of the scenarios that were played here, by the name of their world. */
  private Map<String, String> played(PageRequest pageRequest, List<Worlds.Summary> listed) {
    var titles = new HashMap<String, String>();
    for (var each : listed) {
      worldTitleSource
          .findTitle(each.world())
          .ifPresent(title -> titles.put(each.world(), pageRequest.words().text(title)));
    }
    return titles;
  }

  /** Returns the names of the merchants that take part; null where all do. */
  private static @Nullable String few(PageRequest pageRequest) {
    var settings = pageRequest.world().settings();
    return settings.merchants().isEmpty()
        ? null
        : pageRequest.words().texts(settings.roster().stream().map(MerchantProfile::name).toList());
  }

  private static String after(PageRequest pageRequest) {
    var cursor = pageRequest.query(DUE);
    return cursor == null ? "" : "&cursor=" + UriUtils.encode(cursor, StandardCharsets.UTF_8);
  }

  private static @Nullable String dueNext(PageRequest pageRequest, String cursor) {
    return cursor.isEmpty() ? null : pageRequest.here() + "/worlds?" + DUE + "=" + cursor + "#due";
  }

  @PostMapping("/create")
  Rendering create(PageRequest pageRequest, FormFields form) {
    World created;
    try {
      created = worlds.create(WorldForm.request(form).newWorld(systemClock.instant()));
    } catch (Refusal refused) {
      return page(pageRequest)
          .status(refused.problem().status())
          .with("refused", refused)
          .with("wrong", WorldForm.field(refused))
          .with("given", form.fields().toSingleValueMap())
          .show();
    }
    return pageRequest.redirect("/console/" + created.name() + "/worlds?done=created");
  }

  /**
   * Resets the world. The PIN and its lock stay, unless the form has the right PIN: then the world
   * gets its first PIN again.
   */
  @PostMapping("/reset")
  Rendering reset(PageRequest pageRequest, FormFields form) {
    var pin = form.first("pin");
    try {
      consoleApiClient.callControlApi(
          "POST", pageRequest.world(), "/reset", pin == null ? null : Map.of("pin", pin));
    } catch (UnexpectedReply refused) {
      if (pin == null || !PIN_REFUSED.contains(refused.code())) {
        throw refused;
      }
      return page(pageRequest)
          .status(422)
          .with("given", Map.of())
          .with("resetRefused", refused.code())
          .show();
    }
    return redirect(pageRequest, pin == null ? "reset" : "reset-pin");
  }

  @PostMapping("/delete")
  Rendering delete(PageRequest pageRequest) {
    if (pageRequest.worldName().equals(Worlds.DEMO)) {
      throw new Refusal(Problem.INVALID_FIELD, "the world demo stays; reset it instead");
    }
    worlds.delete(pageRequest.world().name());
    return pageRequest.redirect("/console/" + Worlds.DEMO + "/worlds?done=deleted");
  }

  private static Rendering redirect(PageRequest pageRequest, String notice) {
    return pageRequest.redirect(pageRequest.here() + "/worlds?done=" + notice);
  }
}
