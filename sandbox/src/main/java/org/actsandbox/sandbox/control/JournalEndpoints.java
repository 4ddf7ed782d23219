package org.actsandbox.sandbox.control;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.KnownQueryParameters;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.PrincipalJournalFilter;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Reads a world's journal: by page, by entry, and live. */
@RestController
@RequestMapping("/api/worlds/{world}/journal")
class JournalEndpoints {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /**
   * Parameter with the DID of a principal; it selects the entries that name the principal and those
   * related to them.
   */
  private static final String PRINCIPAL = "principal";

  private static final List<String> IDS =
      List.of(
          JournalIds.INTENT_ID,
          JournalIds.CONVERSATION_ID,
          JournalIds.DELEGATION_ID,
          JournalIds.ORDER_NO,
          JournalIds.TRADE_NO,
          JournalIds.RESOURCE_ID);

  /**
   * Represents a page of the journal.
   *
   * @param nextAfter value of {@code after} for the next request, also when the page is empty
   *     because nothing matched; unchanged when nothing new came
   * @param last newest sequence number
   */
  record JournalPage(List<JournalEntry> items, long nextAfter, long last) {}

  @EndpointSummary("Read the journal")
  @GetMapping
  JournalPage read(
      World world,
      @KnownQueryParameters({
            "after",
            "limit",
            "kind",
            "component",
            "event",
            "actor",
            "participant",
            "request_id",
            PRINCIPAL,
            JournalIds.INTENT_ID,
            JournalIds.CONVERSATION_ID,
            JournalIds.DELEGATION_ID,
            JournalIds.ORDER_NO,
            JournalIds.TRADE_NO,
            JournalIds.RESOURCE_ID
          })
          @RequestParam
          Map<String, String> params) {
    var query = query(params);
    long last = world.journalStore().lastSeq();
    var principal = params.get(PRINCIPAL);
    var page =
        principal == null
            ? world.journalStore().page(query)
            : new PrincipalJournalFilter(
                    world.journalStore(), world.principals().require(principal).value())
                .page(query);
    return new JournalPage(page.items(), page.lookedUpTo(), last);
  }

  @EndpointSummary("Read an entry of the journal")
  @GetMapping("/{seq}")
  JournalEntry one(World world, @PathVariable long seq) {
    return world
        .journalStore()
        .find(seq)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "the journal has no such entry")
                    .at("seq")
                    .observed(String.valueOf(seq)));
  }

  /**
   * Sends all entries after {@code Last-Event-ID} (or {@code after}), then new entries as they are
   * stored.
   */
  @EndpointSummary("Follow the journal (server-sent events)")
  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<JournalEntry>> stream(
      World world,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      @RequestParam(defaultValue = "0") long after) {
    long from = lastEventId == null ? after : number("Last-Event-ID", lastEventId);
    var entries =
        world
            .journalStore()
            .follow(from)
            .map(
                entry ->
                    ServerSentEvent.builder(entry)
                        .id(String.valueOf(entry.seq()))
                        .event("entry")
                        .build());
    var heartbeats =
        Flux.interval(HEARTBEAT)
            .onBackpressureDrop()
            .map(_ -> comment("still here"))
            // One at once, so that the headers go out: clients wait for them with a timeout.
            .startWith(comment("listening"));
    // The heartbeat ends with the entries when the world is unloaded for good.
    return entries
        .materialize()
        .mergeWith(heartbeats.materialize().filter(heartbeat -> heartbeat.isOnNext()))
        .dematerialize();
  }

  private static ServerSentEvent<JournalEntry> comment(String text) {
    return ServerSentEvent.<JournalEntry>builder().comment(text).build();
  }

  private static JournalQuery query(Map<String, String> params) {
    var ids =
        IDS.stream()
            .filter(params::containsKey)
            .collect(Collectors.toMap(name -> name, params::get));
    return new JournalQuery(
        number("after", params.getOrDefault("after", "0")),
        (int) number("limit", params.getOrDefault("limit", "100")),
        kind(params.get("kind")),
        params.get("component"),
        params.get("event"),
        params.get("actor"),
        ids,
        params.get("participant"),
        params.get("request_id"));
  }

  private static JournalNote.@Nullable Kind kind(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return Arrays.stream(JournalNote.Kind.values())
        .filter(kind -> kind.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.INVALID_FIELD, "not a kind of entry")
                    .at("kind")
                    .expected(Arrays.toString(JournalNote.Kind.values()))
                    .observed(name));
  }

  private static long number(String field, String text) {
    try {
      return Math.max(0, Math.min(Long.parseLong(text), Integer.MAX_VALUE));
    } catch (NumberFormatException notNumber) {
      throw new Refusal(Problem.INVALID_FIELD, "not a number")
          .at(field)
          .expected("a whole number")
          .observed(text);
    }
  }
}
