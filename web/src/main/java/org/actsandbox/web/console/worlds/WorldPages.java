package org.actsandbox.web.console.worlds;

import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.merchants.Roster;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
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

/** Worlds to switch between, make, reset and delete; this one's clock and faults. */
@Controller
@RequestMapping("/console/{world}/worlds")
class WorldPages {

  private static final int PAGE = 50;
  private static final Set<String> STEPS = Set.of("PT1M", "PT10M", "PT1H", "P1D");

  private final Worlds worlds;
  private final Surfaces surfaces;

  WorldPages(Worlds worlds, Surfaces surfaces) {
    this.worlds = worlds;
    this.surfaces = surfaces;
  }

  @GetMapping
  Rendering show(Visit visit) {
    var world = visit.world();
    var list = worlds.list(visit.query("cursor"), PAGE);
    var now = world.clock().instant().atZone(World.ZONE).toLocalDateTime();
    return visit
        .page("console/worlds", "worlds")
        .with("worlds", list.items())
        .with("next", Paging.next(visit, list.next()))
        .with("now", now.withSecond(0).withNano(0).toString())
        .with("faults", surfaces.control("GET", world, "/faults", null).path("items"))
        .with("kinds", FaultKind.values())
        .with("merchants", Roster.all())
        .with("done", visit.query("done"))
        .show();
  }

  @PostMapping("/create")
  Rendering create(Visit visit, FormFields form) {
    var made =
        worlds.create(
            new Worlds.NewWorld(form.first("name"), form.first("seed"), WorldSettings.DEFAULT));
    return visit.redirect("/console/" + made.name() + "/worlds?done=created");
  }

  @PostMapping("/reset")
  Rendering reset(Visit visit) {
    worlds.reset(visit.world().name());
    return done(visit, "reset");
  }

  @PostMapping("/delete")
  Rendering delete(Visit visit) {
    if (visit.worldName().equals(Worlds.DEMO)) {
      throw new Refusal(Problem.INVALID_FIELD, "the world demo stays; reset it instead");
    }
    worlds.delete(visit.world().name());
    return visit.redirect("/console/" + Worlds.DEMO + "/worlds?done=deleted");
  }

  @PostMapping("/clock")
  Rendering clock(Visit visit, FormFields form) {
    var step = form.first("step");
    if (step != null) {
      requireStep(step);
      surfaces.control("POST", visit.world(), "/clock/advance", Map.of("by", step));
      return done(visit, "advanced");
    }
    var order = new HashMap<String, Object>();
    order.put("mode", form.first("mode") == null ? "" : form.first("mode"));
    var at = form.first("now");
    if (at != null && !"real".equals(form.first("mode"))) {
      order.put("now", instant(at));
    }
    surfaces.control("PUT", visit.world(), "/clock", order);
    return done(visit, "clock");
  }

  private static void requireStep(String step) {
    if (!STEPS.contains(step)) {
      throw new Refusal(Problem.INVALID_FIELD, "not one of the steps")
          .at("step")
          .expected(String.join(", ", STEPS));
    }
  }

  private static String instant(String local) {
    try {
      return LocalDateTime.parse(local).atZone(World.ZONE).toInstant().toString();
    } catch (DateTimeParseException notAMoment) {
      throw new Refusal(Problem.INVALID_FIELD, "not a date and time")
          .at("now")
          .expected("2026-11-26T07:12")
          .observed(local);
    }
  }

  @PostMapping("/faults")
  Rendering addFault(Visit visit, FormFields form) {
    surfaces.control("POST", visit.world(), "/faults", fault(form));
    return done(visit, "fault");
  }

  private static Map<String, Object> fault(FormFields form) {
    var order = new LinkedHashMap<String, Object>();
    put(order, "name", form.first("name"));
    put(order, "participant", form.first("participant"));
    put(order, "operation", form.first("operation"));
    put(order, "probability", number("probability", form.first("probability")));
    put(order, "after", number("after", form.first("after")));
    put(order, "count", number("count", form.first("count")));
    var knobs = new LinkedHashMap<String, Object>();
    form.fields()
        .forEach(
            (name, values) -> {
              if (name.startsWith("knob.") && !values.getFirst().isBlank()) {
                knobs.put(name.substring("knob.".length()), values.getFirst().strip());
              }
            });
    if (!knobs.isEmpty()) {
      order.put("parameters", knobs);
    }
    return order;
  }

  private static void put(Map<String, Object> order, String name, @Nullable Object value) {
    if (value != null) {
      order.put(name, value);
    }
  }

  private static @Nullable Object number(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")) {
      throw new Refusal(Problem.INVALID_FIELD, field + " is not a number").at(field).observed(text);
    }
    return Json.parse(text);
  }

  @PostMapping("/faults/{id}/{action:on|off|remove}")
  Rendering changeFault(Visit visit, @PathVariable String id, @PathVariable String action) {
    if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such fault").at("id");
    }
    if (action.equals("remove")) {
      surfaces.control("DELETE", visit.world(), "/faults/" + id, null);
    } else {
      surfaces.control(
          "PATCH", visit.world(), "/faults/" + id, Map.of("enabled", action.equals("on")));
    }
    return done(visit, "faults");
  }

  private static Rendering done(Visit visit, String what) {
    return visit.redirect(visit.here() + "/worlds?done=" + what);
  }
}
