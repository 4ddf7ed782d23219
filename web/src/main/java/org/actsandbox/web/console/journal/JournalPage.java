package org.actsandbox.web.console.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.doctor.world.WorldDoctors;
import org.actsandbox.sandbox.export.JournalDownloads;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.journal.RelatedEntries;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryDecoder;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.decoder.EntrySource;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.purchase.PurchaseTitle;
import org.actsandbox.web.console.purchase.PurchaseTitles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;

/** Shows the journal as a timeline: filtered, page by page and live, and one entry in detail. */
@Controller
@RequestMapping("/console/{world}/journal")
class JournalPage {

  private static final int PAGE = 60;
  private static final int MOST_SUGGESTED = 10;

  private final LiveTimeline live;
  private final JournalDownloads journalDownloads;
  private final WorldDoctors worldDoctors;
  private final PaymentReader paymentReader;
  private final PurchaseTitles purchaseTitles;

  JournalPage(
      LiveTimeline live,
      JournalDownloads journalDownloads,
      WorldDoctors worldDoctors,
      PaymentReader paymentReader,
      PurchaseTitles purchaseTitles) {
    this.paymentReader = paymentReader;
    this.purchaseTitles = purchaseTitles;
    this.live = live;
    this.worldDoctors = worldDoctors;
    this.journalDownloads = journalDownloads;
  }

  /** Is a participant or principal that the reader can filter by. */
  record Person(String did, String name) {}

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    var journal = pageRequest.world().journalStore();
    var journalSelection = selection(pageRequest);
    long after = after(pageRequest, journalSelection, journal.lastSeq());
    var found = journalSelection.page(journal, after, PAGE);
    var timeline = new Timeline(pageRequest.words(), found.items());
    var base = address(pageRequest, "", journalSelection);
    var pageBuilder =
        pageRequest
            .page("console/journal", "journal")
            .with("lanes", timeline.lanes())
            .with("rows", timeline.rows())
            .with("link", pageRequest.here() + "/journal")
            .with("here", pageRequest.here())
            .with("kinds", Kind.values())
            .with("people", people(pageRequest))
            .with("purchases", purchases(pageRequest))
            .with("principals", principals(pageRequest))
            .with("filters", journalSelection.filters())
            .with(
                "story",
                RelatedEntries.LINKING_IDS.stream()
                    .anyMatch(journalSelection.filters()::containsKey))
            .with("first", after == 0)
            .with("older", with(base, "after", Math.max(0, after - PAGE)))
            .with("exports", with(address(pageRequest, "/export", journalSelection), "format", ""))
            .with(
                "takeAway",
                with(address(pageRequest, "/take-away", journalSelection), "format", ""))
            .with(
                "shareUrl",
                address(pageRequest, "/../shares", journalSelection).replace("/journal/..", ""))
            .with(
                "knowledgeUrl",
                address(pageRequest, "/../knowledge", journalSelection).replace("/journal/..", ""));
    if (found.last()) {
      long last = Math.max(after, found.lookedUpTo());
      var position =
          with(address(pageRequest, "/live", journalSelection), "from", after) + "&after=" + last;
      pageBuilder.with("live", position);
    } else {
      pageBuilder.with("next", with(base, "after", found.lookedUpTo()));
    }
    return pageBuilder.show();
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  Flux<ServerSentEvent<String>> live(
      PageRequest pageRequest,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    long from = number("from", pageRequest.query("from"));
    long after = number("after", lastEventId == null ? pageRequest.query("after") : lastEventId);
    return live.follow(
        new LiveTimeline.TimelineView(
            pageRequest.world(), selection(pageRequest), from, after, pageRequest.words()));
  }

  @GetMapping("/export")
  ResponseEntity<Flux<String>> export(PageRequest pageRequest) {
    var format = pageRequest.query("format");
    return journalDownloads.of(
        pageRequest.world(), format == null ? "" : format, params(pageRequest));
  }

  /**
   * Returns the number of the entry after which the page starts: without filter and position the
   * page shows the newest entries, else it starts at the beginning.
   */
  private static long after(PageRequest pageRequest, JournalSelection journalSelection, long last) {
    var wanted = pageRequest.query("after");
    if (wanted == null) {
      return journalSelection.isEverything() ? Math.max(0, last - PAGE) : 0;
    }
    return number("after", wanted);
  }

  private static long number(String field, @Nullable String text) {
    try {
      return text == null ? 0 : Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      throw new Refusal(Problem.INVALID_FIELD, field + " is not a number").at(field);
    }
  }

  private static Map<String, String> params(PageRequest pageRequest) {
    var params = new LinkedHashMap<String, String>();
    for (var name : JournalSelection.names()) {
      var value = pageRequest.query(name);
      if (value != null) {
        params.put(name, value);
      }
    }
    var searched = pageRequest.query("q");
    if (searched != null) {
      Map<String, String> dids = new LinkedHashMap<>();
      people(pageRequest).forEach(person -> dids.putIfAbsent(person.name(), person.did()));
      var filter = JournalSearch.filter(searched, dids);
      params.put(filter.getKey(), filter.getValue());
    }
    return params;
  }

  private static JournalSelection selection(PageRequest pageRequest) {
    return JournalSelection.of(params(pageRequest));
  }

  /** Makes an address with these filters, to which {@link #with} can add more parameters. */
  private static String address(
      PageRequest pageRequest, String below, JournalSelection journalSelection) {
    var address = UriComponentsBuilder.fromPath(pageRequest.here() + "/journal" + below);
    journalSelection.filters().forEach((name, _) -> address.queryParam(name, "{" + name + "}"));
    return address.encode().buildAndExpand(journalSelection.filters()).toUriString();
  }

  private static String with(String address, String name, Object value) {
    return address + (address.indexOf('?') < 0 ? "?" : "&") + name + "=" + value;
  }

  private static List<Person> people(PageRequest pageRequest) {
    var entryNarrator = new EntryNarrator(pageRequest.words());
    var dids = new java.util.ArrayList<>(List.of(World.PRINCIPAL, World.AGENT));
    dids.addAll(World.services());
    pageRequest.world().principals().dids().stream().skip(1).forEach(dids::add);
    pageRequest.world().settings().roster().forEach(merchant -> dids.add(merchant.did()));
    pageRequest.world().externalMerchants().all().forEach(merchant -> dids.add(merchant.did()));
    return dids.stream()
        .map(Did::value)
        .map(did -> new Person(did, entryNarrator.name(did)))
        .toList();
  }

  /**
   * Is a purchase that the reader can search for.
   *
   * @param title what was bought, for the list of suggestions
   */
  record Purchase(String orderNo, String title) {}

  private List<Purchase> purchases(PageRequest pageRequest) {
    var world = pageRequest.world();
    return paymentReader.newest(world, pageRequest.principal(), null).items().stream()
        .limit(MOST_SUGGESTED)
        .map(
            payment ->
                new Purchase(
                    payment.merchantOrderNo(),
                    purchaseTitles
                        .find(
                            world, payment.payee(), payment.merchantOrderNo(), pageRequest.words())
                        .map(PurchaseTitle::line)
                        .orElse("")))
        .toList();
  }

  /** Lists the principals that the reader can filter by; empty where the world has only one. */
  private static List<Person> principals(PageRequest pageRequest) {
    var principals = pageRequest.world().principals();
    return principals.hasSeveral()
        ? principals.dids().stream().map(did -> new Person(did.value(), did.name())).toList()
        : List.of();
  }

  @GetMapping("/{seq}")
  Rendering open(PageRequest pageRequest, @PathVariable long seq) {
    var entry =
        pageRequest
            .world()
            .journalStore()
            .find(seq)
            .orElseThrow(
                () -> new Refusal(Problem.NOT_FOUND, "the journal has no entry " + seq).at("seq"));
    var decodedEntry =
        new EntryDecoder(EntrySource.of(pageRequest.world(), worldDoctors), pageRequest.words())
            .decode(entry);
    return JournalEntryView.show(pageRequest, decodedEntry, pageRequest.here() + "/journal", false);
  }
}
