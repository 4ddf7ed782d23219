package org.actsandbox.web.console.worlds;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.Paging;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.principal.Surfaces;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriUtils;

/** Worlds to switch between, make, reset and delete; this one's clock and faults are shown. */
@Controller
@RequestMapping("/console/{world}/worlds")
class WorldPages {

  private static final int PAGE = 50;

  /** Where the list of what waits goes on; the list of worlds has its own cursor. */
  private static final String DUE = "due";

  private static final Set<String> PIN_REFUSED = Set.of("pin_wrong", "pin_locked", "invalid_field");

  private final Worlds worlds;
  private final Surfaces surfaces;
  private final ModelSettings model;
  private final Clock machine;

  WorldPages(Worlds worlds, Surfaces surfaces, ModelSettings model, Clock machine) {
    this.worlds = worlds;
    this.surfaces = surfaces;
    this.model = model;
    this.machine = machine;
  }

  @GetMapping
  Rendering show(Visit visit) {
    return page(visit).with("given", Map.of()).with("done", visit.query("done")).show();
  }

  private Visit.Page page(Visit visit) {
    var world = visit.world();
    var list = worlds.list(visit.query("cursor"), PAGE);
    var clock = surfaces.control("GET", world, "/clock?limit=10" + after(visit), null);
    var now = Instant.parse(clock.path("now").asString()).atZone(World.ZONE).toLocalDateTime();
    return visit
        .page("console/worlds", "worlds")
        .with("worlds", list.items())
        .with("next", Paging.next(visit, list.next()))
        .with("now", now.withSecond(0).withNano(0).toString())
        .with("faults", surfaces.control("GET", world, "/faults", null).path("items"))
        .with("proxies", surfaces.control("GET", world, "/proxies", null).path("items"))
        .with("kinds", FaultForm.all())
        .with("magic", MagicRow.all())
        .with("due", Due.all(clock.path("next_due"), visit.words()))
        .with("dueNext", dueNext(visit, clock.path("next").asString("")))
        .with("merchants", world.settings().roster())
        .with("few", few(visit))
        .with("speaks", world.settings().model().on(model))
        .with("verifies", world.settings().proofVerification().code())
        .with("standIns", StandIns.of(world))
        .with("usual", WorldSettings.DEFAULT);
  }

  /** Who takes part, by name; null where all do. */
  private static @Nullable String few(Visit visit) {
    var settings = visit.world().settings();
    return settings.merchants().isEmpty()
        ? null
        : visit.words().texts(settings.roster().stream().map(MerchantProfile::name).toList());
  }

  private static String after(Visit visit) {
    var cursor = visit.query(DUE);
    return cursor == null ? "" : "&cursor=" + UriUtils.encode(cursor, StandardCharsets.UTF_8);
  }

  private static @Nullable String dueNext(Visit visit, String cursor) {
    return cursor.isEmpty() ? null : visit.here() + "/worlds?" + DUE + "=" + cursor + "#due";
  }

  @PostMapping("/create")
  Rendering create(Visit visit, FormFields form) {
    World made;
    try {
      made = worlds.create(WorldForm.order(form).newWorld(machine.instant()));
    } catch (Refusal refused) {
      return page(visit)
          .status(refused.problem().status())
          .with("refused", refused)
          .with("wrong", WorldForm.field(refused))
          .with("given", form.fields().toSingleValueMap())
          .show();
    }
    return visit.redirect("/console/" + made.name() + "/worlds?done=created");
  }

  /**
   * The PIN and its lock stay, unless the form has the right PIN: then it is the first one again.
   */
  @PostMapping("/reset")
  Rendering reset(Visit visit, FormFields form) {
    var pin = form.first("pin");
    try {
      surfaces.control("POST", visit.world(), "/reset", pin == null ? null : Map.of("pin", pin));
    } catch (Unexpected refused) {
      if (pin == null || !PIN_REFUSED.contains(refused.code())) {
        throw refused;
      }
      return page(visit)
          .status(422)
          .with("given", Map.of())
          .with("resetRefused", refused.code())
          .show();
    }
    return done(visit, pin == null ? "reset" : "reset-pin");
  }

  @PostMapping("/delete")
  Rendering delete(Visit visit) {
    if (visit.worldName().equals(Worlds.DEMO)) {
      throw new Refusal(Problem.INVALID_FIELD, "the world demo stays; reset it instead");
    }
    worlds.delete(visit.world().name());
    return visit.redirect("/console/" + Worlds.DEMO + "/worlds?done=deleted");
  }

  private static Rendering done(Visit visit, String what) {
    return visit.redirect(visit.here() + "/worlds?done=" + what);
  }
}
