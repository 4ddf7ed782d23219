package org.actsandbox.web.console.disputes;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.dispute.DisputeViews;
import org.actsandbox.sandbox.dispute.DisputeWording;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.port.DisputeReader;
import org.actsandbox.web.console.port.MerchantReader;
import org.actsandbox.web.console.purchase.PurchaseTitle;
import org.actsandbox.web.console.purchase.PurchaseTitles;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Keeps open pages about disputes up to date, and tells screen readers what changed. */
@Component
class LiveDisputes {

  static final String LIST = "console/disputes";
  static final String ONE = "console/dispute";

  private final LivePages pages;
  private final FragmentRenderer fragmentRenderer;
  private final DisputeReader disputeReader;
  private final MerchantReader merchantReader;
  private final PurchaseTitles purchaseTitles;

  LiveDisputes(
      LivePages pages,
      FragmentRenderer fragmentRenderer,
      DisputeReader disputeReader,
      MerchantReader merchantReader,
      PurchaseTitles purchaseTitles) {
    this.purchaseTitles = purchaseTitles;
    this.pages = pages;
    this.fragmentRenderer = fragmentRenderer;
    this.disputeReader = disputeReader;
    this.merchantReader = merchantReader;
  }

  /** Returns what was bought, by the dispute; the order's number where the order is not known. */
  Map<String, String> titles(
      World world, List<DisputeViews.DisputeView> disputes, PageText pageText) {
    var titles = new HashMap<String, String>();
    for (var dispute : disputes) {
      titles.put(
          dispute.disputeId(),
          purchaseTitles
              .find(world, dispute.merchant(), dispute.orderNo(), pageText)
              .map(PurchaseTitle::line)
              .orElse(dispute.orderNo()));
    }
    return titles;
  }

  /** Returns the template attributes of the page of one dispute. */
  Map<String, Object> model(World world, Caller principal, String id, PageText pageText) {
    var dispute = disputeReader.get(world, principal, id);
    var model = new HashMap<String, Object>();
    model.put("d", dispute);
    model.put("thing", titles(world, List.of(dispute), pageText).get(id));
    model.put("narrator", new EntryNarrator(pageText));
    model.put("wording", DisputeWording.forLocale(pageText.locale()));
    var finding = dispute.finding();
    model.put(
        "reasons",
        finding == null
            ? List.of()
            : finding.reasons().stream().map(each -> reasonText(each, pageText)).toList());
    model.put("said", statements(dispute, pageText));
    merchantReader
        .orderOf(world, dispute.merchant(), dispute.orderNo())
        .map(Order::deposit)
        .ifPresent(deposit -> model.put("deposit", deposit));
    model.put("here", "/console/" + world.name());
    return model;
  }

  /**
   * Returns each party's statement in the reader's language, as far as the wording exists in it.
   */
  private static Map<String, String> statements(
      DisputeViews.DisputeView dispute, PageText pageText) {
    var statements = new HashMap<String, String>();
    for (var party : dispute.parties()) {
      var partyStatement = party.statement();
      if (partyStatement != null) {
        var details = new TreeMap<>(partyStatement.details());
        for (var time : List.of("at", "issued_at")) {
          details.computeIfPresent(time, (_, at) -> moment(at, pageText));
        }
        statements.put(
            party.party(),
            DisputeWording.forLocale(pageText.locale()).statement(partyStatement, details));
      }
    }
    return statements;
  }

  /**
   * Formats a time for the reader. A party may have written any text there, which is returned as it
   * is.
   */
  private static String moment(String at, PageText pageText) {
    try {
      return pageText.moment(Instant.parse(at));
    } catch (DateTimeParseException noTime) {
      return at;
    }
  }

  /** Words a reason of the finding with the names and times that the reader knows. */
  private static String reasonText(Finding.Reason reason, PageText pageText) {
    var data = new TreeMap<>(reason.data());
    data.computeIfPresent(
        "party", (_, name) -> new EntryNarrator(pageText).name("did:act:" + name));
    data.computeIfPresent("at", (_, at) -> pageText.moment(Instant.parse(at)));
    return DisputeWording.forLocale(pageText.locale())
        .reason(new Finding.Reason(reason.code(), data, reason.recordId()));
  }

  /**
   * Follows the journal and sends the elements that change.
   *
   * @param after number of the last journal entry that the page shows
   * @param only id of the only dispute that the page shows, in full; null for the list
   */
  Flux<ServerSentEvent<String>> follow(
      World world, Caller principal, long after, @Nullable String only, PageText pageText) {
    return pages.follow(
        world, after, () -> entries -> changed(world, principal, only, pageText, entries));
  }

  private String changed(
      World world,
      Caller principal,
      @Nullable String only,
      PageText pageText,
      List<JournalEntry> entries) {
    var about =
        entries.stream()
            .filter(entry -> concerns(entry, only))
            .filter(entry -> entry.kind() != Kind.CLOCK)
            .toList();
    if (about.isEmpty() && entries.stream().noneMatch(entry -> entry.kind() == Kind.CLOCK)) {
      return "";
    }
    Map<String, Object> model = new HashMap<>();
    if (only == null) {
      var disputes = disputeReader.newest(world, principal, null).items();
      model.put("disputes", disputes);
      model.put("titles", titles(world, disputes, pageText));
      model.put("narrator", new EntryNarrator(pageText));
      model.put("here", "/console/" + world.name());
    } else {
      model.putAll(model(world, principal, only, pageText));
    }
    model.put("oob", true);
    var html = fragmentRenderer.render(only == null ? LIST : ONE, "changed", pageText, model);
    return about.isEmpty() ? html : html + announcement(pageText, about);
  }

  private String announcement(PageText pageText, List<JournalEntry> entries) {
    var entryNarrator = new EntryNarrator(pageText);
    var sentences =
        entries.stream()
            .map(entry -> entryNarrator.narrate(entry).label())
            .collect(Collectors.joining(" "));
    return fragmentRenderer.render(
        LIST, "announcement-changed", pageText, Map.of("said", sentences));
  }

  private static boolean concerns(JournalEntry entry, @Nullable String only) {
    var id = entry.data().path("dispute_id").asString("");
    return entry.kind() == Kind.CLOCK || (only == null ? !id.isEmpty() : id.equals(only));
  }
}
