package org.actsandbox.web.console.evidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.sandbox.tamper.Break;
import org.actsandbox.sandbox.tamper.Breakage;
import org.actsandbox.sandbox.tamper.Lab;
import org.actsandbox.sandbox.trust.Trust;
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

/** The tamper lab: break evidence on purpose, see which check notices it, heal it. */
@Controller
@RequestMapping("/console/{world}/evidence/lab")
class LabPages {

  /** Fields of which each is caught by another check; empty for the money in it. */
  private static final List<String> FIELDS =
      List.of(
          "",
          "/payload_hash",
          "/salt",
          "/business_time",
          "/record_time",
          "/intent_id",
          "/order_no");

  private final Surfaces surfaces;

  LabPages(Surfaces surfaces) {
    this.surfaces = surfaces;
  }

  @GetMapping
  Rendering show(Visit visit) {
    return page(visit, null, Map.of()).show();
  }

  /**
   * @param event of the record; empty when the record itself is out of sight
   */
  record Card(Break broken, String event, BreakWords told) {}

  private static Visit.Page page(
      Visit visit, @Nullable Unexpected refused, Map<String, Object> wanted) {
    var world = visit.world();
    var trust = world.part(Trust.class);
    var breaks = world.part(Lab.class).breaks().reversed();
    var asked = visit.query("record");
    var record = wanted.getOrDefault("record_id", asked == null ? "" : asked);
    return visit
        .page("console/evidence-lab", EvidencePages.SECTION)
        .with("records", Line.of(trust.records().newest(Map.of(), null).items()))
        .with("record", record)
        .with("kinds", Arrays.stream(Breakage.values()).map(Breakage::code).toList())
        .with("kind", wanted.getOrDefault("kind", Breakage.RECORD_CHANGED.code()))
        .with("fields", FIELDS)
        .with("field", wanted.getOrDefault("field", ""))
        .with("cards", breaks.stream().map(each -> card(trust, each, visit)).toList())
        .with("fresh", visit.query("broken"))
        .with("done", visit.query("done"))
        .with("refused", refused)
        .with("narrator", new Narrator(visit.words()));
  }

  private static Card card(Trust trust, Break broken, Visit visit) {
    return new Card(
        broken,
        trust
            .records()
            .find(broken.recordId())
            .map(kept -> kept.record().eventType().shortName())
            .orElse(""),
        BreakWords.of(broken, visit.words()));
  }

  /** Takes the same door as everybody else. */
  @PostMapping("/break")
  Rendering tamper(Visit visit, FormFields form) {
    var order = new HashMap<String, Object>();
    for (var field : List.of("kind", "record_id", "field")) {
      var value = form.first(field);
      if (value != null) {
        order.put(field, value);
      }
    }
    if (!"record_changed".equals(order.get("kind"))) {
      order.remove("field");
    }
    try {
      var made = surfaces.control("POST", visit.world(), "/tampering", order);
      var id = made.path("break_id").asString();
      return visit.redirect(visit.here() + "/evidence/lab?broken=" + id + "#broken");
    } catch (Unexpected refusal) {
      return page(visit, refusal, order).status(refusal.status()).show();
    }
  }

  @PostMapping("/{id}/heal")
  Rendering heal(Visit visit, @PathVariable String id) {
    EvidencePages.requireId(id);
    surfaces.control("DELETE", visit.world(), "/tampering/" + id, null);
    return visit.redirect(visit.here() + "/evidence/lab?done=one");
  }

  @PostMapping("/heal")
  Rendering healAll(Visit visit) {
    surfaces.control("DELETE", visit.world(), "/tampering", null);
    return visit.redirect(visit.here() + "/evidence/lab?done=all");
  }
}
