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
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.decoder.FieldExplanations;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.picture.CausesPicture;
import org.actsandbox.web.console.picture.MerklePicture;
import org.actsandbox.web.console.port.ChainReader;
import org.actsandbox.web.console.port.EvidenceReader;
import org.actsandbox.web.console.purchase.PurchaseTitles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Lists the records of the principal or of a whole world by filter, and shows one record with its
 * place on the chain and its causes.
 */
@Controller
@RequestMapping("/console/{world}/evidence")
class EvidencePages {

  static final String SECTION = "evidence";

  /**
   * Returns the role that reads a single record. In a world with several principals it is the
   * operator, so that every reader of the console can open a record by its address.
   */
  static Caller reader(PageRequest pageRequest) {
    return pageRequest.world().principals().hasSeveral()
        ? new Caller(Role.OPERATOR, null)
        : pageRequest.principal();
  }

  private static final List<String> VIEWS = List.of("words", "raw", "signed", "anchor");

  private final EvidenceReader evidenceReader;
  private final ChainReader chainReader;
  private final PurchaseTitles purchaseTitles;

  EvidencePages(
      EvidenceReader evidenceReader, ChainReader chainReader, PurchaseTitles purchaseTitles) {
    this.evidenceReader = evidenceReader;
    this.chainReader = chainReader;
    this.purchaseTitles = purchaseTitles;
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    var world = pageRequest.world();
    var filters = new EnumMap<LookupKey, String>(LookupKey.class);
    put(filters, LookupKey.ORDER, pageRequest.query("order_no"));
    put(filters, LookupKey.DELEGATION, pageRequest.query("delegation_id"));
    put(filters, LookupKey.EVENT, pageRequest.query("event"));
    var cursor = pageRequest.query("cursor");
    var found =
        pageRequest.showsAllPrincipals()
            ? evidenceReader.newest(world, filters, cursor)
            : evidenceReader.newest(world, filters, cursor, pageRequest.principal());
    var lines = RecordLine.of(found.items());
    return pageRequest
        .page("console/evidence", SECTION)
        .with("lines", lines)
        .with("groups", PurchaseEvidence.of(lines, world, purchaseTitles, pageRequest.words()))
        .with("showsAll", pageRequest.showsAllPrincipals())
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .with("events", Arrays.stream(EventType.values()).toList())
        .with("event", filters.getOrDefault(LookupKey.EVENT, ""))
        .with("order", filters.getOrDefault(LookupKey.ORDER, ""))
        .with("delegation", filters.getOrDefault(LookupKey.DELEGATION, ""))
        .with("filtered", !filters.isEmpty())
        .with("next", NextPageLink.next(pageRequest, found.next()))
        .show();
  }

  private static void put(Map<LookupKey, String> filters, LookupKey what, @Nullable String value) {
    if (value != null) {
      filters.put(what, value);
    }
  }

  @GetMapping("/records/{id}")
  Rendering record(PageRequest pageRequest, @PathVariable String id) {
    var world = pageRequest.world();
    var storedRecord = evidenceReader.get(world, id, reader(pageRequest));
    var record = storedRecord.record();
    var json = Json.parse(storedRecord.text());
    var wanted = pageRequest.query("view");
    return pageRequest
        .page("console/evidence-record", SECTION)
        .with("line", RecordLine.of(storedRecord))
        .with("record", record)
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .with(
            "body",
            FieldExplanations.of("event_body", json.path("event_body"), pageRequest.words())
                .fields())
        .with("raw", FieldExplanations.of("record", json, pageRequest.words()).raw())
        .with("signed", new String(record.signedBytes(), StandardCharsets.UTF_8))
        .with("refusal", storedRecord.refusal())
        .with("link", chainReader.find(world, id).orElse(null))
        .with(
            "merkle",
            chainReader
                .trace(world, id)
                .map(anchorTrace -> MerklePicture.of(anchorTrace, null))
                .orElse(null))
        .with("causes", causes(world, storedRecord))
        .with("views", VIEWS)
        .with("view", wanted != null && VIEWS.contains(wanted) ? wanted : VIEWS.getFirst())
        .show();
  }

  private CausesPicture causes(World world, StoredRecord storedRecord) {
    var closure = OrderEvidence.withCauses(evidenceReader, world, List.of(storedRecord));
    return CausesPicture.of(closure.records(), List.of(), closure.missing());
  }

  /** Verifies a record and shows the seven steps, for htmx as a fragment, else as a page. */
  @PostMapping("/records/{id}/verify")
  Rendering verify(PageRequest pageRequest, @PathVariable String id) {
    requireId(id);
    var world = pageRequest.world();
    var verified = evidenceReader.verify(world, id, reader(pageRequest));
    var verificationVerdict =
        VerificationVerdict.of(
            id,
            verified,
            recordId -> evidenceReader.find(world, recordId),
            recordId -> chainReader.trace(world, recordId));
    var entryNarrator = new EntryNarrator(pageRequest.words());
    return pageRequest.isPartial()
        ? pageRequest.fragment(
            "console/evidence-verdict :: verdict",
            Map.of("v", verificationVerdict, "narrator", entryNarrator))
        : pageRequest
            .page("console/evidence-verdict", SECTION)
            .with("v", verificationVerdict)
            .with("narrator", entryNarrator)
            .show();
  }

  static void requireId(String id) {
    if (!id.matches("[A-Za-z0-9_.:-]{1,128}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such record").at("record_id").observed(id);
    }
  }
}
