package org.actsandbox.web.console.worlds;

import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.principal.Surfaces;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** What the clock's buttons order. */
@Controller
@RequestMapping("/console/{world}/worlds")
class ClockPages {

  private static final String NEXT_DUE = "next-due";
  private static final Set<String> STEPS = Set.of("PT0S", "PT1M", "PT10M", "PT1H", "P1D");

  private final Surfaces surfaces;

  ClockPages(Surfaces surfaces) {
    this.surfaces = surfaces;
  }

  @PostMapping("/clock")
  Rendering clock(Visit visit, FormFields form) {
    var step = form.first("step");
    if (step != null) {
      surfaces.control("POST", visit.world(), "/clock/advance", advance(step));
      return done(visit, "advanced");
    }
    var order = new HashMap<String, Object>();
    order.put("mode", form.first("mode") == null ? "" : form.first("mode"));
    var at = form.first("now");
    if (at != null && !"real".equals(form.first("mode"))) {
      order.put("now", instant("now", at));
    }
    surfaces.control("PUT", visit.world(), "/clock", order);
    return done(visit, "clock");
  }

  private static Map<String, Object> advance(String step) {
    if (step.equals(NEXT_DUE)) {
      return Map.of("to_next_due", true);
    }
    if (!STEPS.contains(step)) {
      throw new Refusal(Problem.INVALID_FIELD, "not one of the steps")
          .at("step")
          .expected(NEXT_DUE + ", " + String.join(", ", STEPS));
    }
    return Map.of("by", step);
  }

  /** What a field for date and time says, by the clocks of the world's people. */
  static String instant(String field, String local) {
    try {
      return LocalDateTime.parse(local).atZone(World.ZONE).toInstant().toString();
    } catch (DateTimeParseException notAMoment) {
      throw new Refusal(Problem.INVALID_FIELD, "not a date and time")
          .at(field)
          .expected("2026-11-26T07:12")
          .observed(local);
    }
  }

  private static Rendering done(Visit visit, String what) {
    return visit.redirect(visit.here() + "/worlds?done=" + what);
  }
}
