package org.actsandbox.web.console.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.trust.record.RecordStore.By;
import org.actsandbox.sandbox.trust.record.RecordStore.Kept;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.decoder.Parts;
import org.actsandbox.web.console.frame.Paging;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.picture.CausesPicture;
import org.actsandbox.web.console.picture.MerklePicture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Records: the reader's own or all of a world, by filter, and one with its place on the chain and
 * its causes.
 */
@Controller
@RequestMapping("/console/{world}/evidence")
class EvidencePages {

  static final String SECTION = "evidence";

  /** One record is shown to whoever has its address, on whosever behalf somebody looks. */
  static Caller reader(Visit visit) {
    return visit.world().principals().areSeveral() ? new Caller(Role.OPERATOR, null) : visit.you();
  }

  private static final List<String> VIEWS = List.of("words", "raw", "signed", "anchor");

  @GetMapping
  Rendering list(Visit visit) {
    var trust = visit.world().part(Trust.class);
    var by = new EnumMap<By, String>(By.class);
    put(by, By.ORDER, visit.query("order_no"));
    put(by, By.DELEGATION, visit.query("delegation_id"));
    put(by, By.EVENT, visit.query("event"));
    var cursor = visit.query("cursor");
    var found =
        visit.isAboutEverybody()
            ? trust.records().newest(by, cursor)
            : trust.records().newest(by, cursor, visit.you());
    return visit
        .page("console/evidence", SECTION)
        .with("lines", Line.of(found.items()))
        .with("everybody", visit.isAboutEverybody())
        .with("narrator", new Narrator(visit.words()))
        .with("events", Arrays.stream(EventType.values()).toList())
        .with("event", by.getOrDefault(By.EVENT, ""))
        .with("order", by.getOrDefault(By.ORDER, ""))
        .with("delegation", by.getOrDefault(By.DELEGATION, ""))
        .with("filtered", !by.isEmpty())
        .with("next", Paging.next(visit, found.next()))
        .show();
  }

  private static void put(Map<By, String> by, By what, @Nullable String value) {
    if (value != null) {
      by.put(what, value);
    }
  }

  @GetMapping("/records/{id}")
  Rendering record(Visit visit, @PathVariable String id) {
    var trust = visit.world().part(Trust.class);
    var kept = trust.records().get(id, reader(visit));
    var record = kept.record();
    var json = Json.parse(kept.text());
    var wanted = visit.query("view");
    return visit
        .page("console/evidence-record", SECTION)
        .with("line", Line.of(kept))
        .with("record", record)
        .with("narrator", new Narrator(visit.words()))
        .with("body", Parts.of("event_body", json.path("event_body"), visit.words()).fields())
        .with("raw", Parts.of("record", json, visit.words()).raw())
        .with("signed", new String(record.signedBytes(), StandardCharsets.UTF_8))
        .with("refusal", kept.refusal())
        .with("link", trust.chain().find(id).orElse(null))
        .with(
            "merkle",
            trust.chain().trace(id).map(trace -> MerklePicture.of(trace, null)).orElse(null))
        .with("causes", causes(trust, kept))
        .with("views", VIEWS)
        .with("view", wanted != null && VIEWS.contains(wanted) ? wanted : VIEWS.getFirst())
        .show();
  }

  private static CausesPicture causes(Trust trust, Kept kept) {
    var closure = OrderEvidence.withCauses(trust, List.of(kept));
    return CausesPicture.of(closure.records(), List.of(), closure.missing());
  }

  /** The seven steps, for htmx as a fragment, else as a page. */
  @PostMapping("/records/{id}/verify")
  Rendering verify(Visit visit, @PathVariable String id) {
    requireId(id);
    var trust = visit.world().part(Trust.class);
    var verdict = Verdict.of(trust, id, trust.verifications().verify(id, true, reader(visit)));
    var narrator = new Narrator(visit.words());
    return visit.isPartial()
        ? visit.fragment(
            "console/evidence-verdict :: verdict", Map.of("v", verdict, "narrator", narrator))
        : visit
            .page("console/evidence-verdict", SECTION)
            .with("v", verdict)
            .with("narrator", narrator)
            .show();
  }

  static void requireId(String id) {
    if (!id.matches("[A-Za-z0-9_.:-]{1,128}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such record").at("record_id").observed(id);
    }
  }
}
