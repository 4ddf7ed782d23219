package org.actsandbox.web.console.delegations;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.delegation.DelegationDisplayState;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.StatusLine;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;

/**
 * Keeps open pages about delegations true: whoever changes one, the journal tells, and the elements
 * about it are sent again.
 */
@Component
class LiveDelegations {

  private final LivePages pages;
  private final DelegationQueries delegationQueries;
  private final DelegationHistory delegationHistory;
  private final FragmentRenderer fragmentRenderer;
  private final StatusLine status;

  LiveDelegations(
      LivePages pages,
      DelegationQueries delegationQueries,
      DelegationHistory delegationHistory,
      FragmentRenderer fragmentRenderer,
      StatusLine status) {
    this.pages = pages;
    this.delegationQueries = delegationQueries;
    this.delegationHistory = delegationHistory;
    this.fragmentRenderer = fragmentRenderer;
    this.status = status;
  }

  /**
   * What a page shows.
   *
   * @param state of these alone
   * @param only of this one alone, in full
   */
  record Seen(
      @Nullable DelegationDisplayState state, @Nullable String cursor, @Nullable String only) {

    /** New ones come to the top of the first page. */
    boolean takes(DelegationCard delegationCard) {
      return only == null
          && cursor == null
          && (state == null || state == delegationCard.view().state());
    }
  }

  static String address(
      PageRequest pageRequest, @Nullable DelegationDisplayState state, long position) {
    var cursor = pageRequest.query("cursor");
    return pageRequest.here()
        + "/delegations/live?after="
        + position
        + (state == null ? "" : "&state=" + state.name().toLowerCase(Locale.ROOT))
        + (cursor == null ? "" : "&cursor=" + UriUtils.encode(cursor, StandardCharsets.UTF_8));
  }

  Flux<ServerSentEvent<String>> follow(
      World world, Caller you, long after, Seen seen, PageText pageText) {
    return pages.follow(world, after, () -> begun(world, you, seen, pageText));
  }

  private Function<List<JournalEntry>, String> begun(
      World world, Caller you, Seen seen, PageText pageText) {
    var onPage = new HashSet<String>();
    if (seen.only() == null) {
      delegationQueries
          .page(world, you, seen.state(), seen.cursor())
          .cards()
          .forEach(delegationCard -> onPage.add(delegationCard.id()));
    }
    var page = new Page(world, you, seen, pageText, onPage);
    return entries -> seen.only() == null ? list(page, entries) : one(page, entries);
  }

  private record Page(World world, Caller you, Seen seen, PageText words, Set<String> onPage) {}

  private String list(Page page, List<JournalEntry> entries) {
    var html = new StringBuilder();
    var touched = new LinkedHashSet<String>();
    boolean asked = false;
    boolean preference = false;
    for (var entry : entries) {
      if (entry.kind() == Kind.CLOCK) {
        touched.addAll(page.onPage());
        asked = true;
      } else if (entry.kind() == Kind.STATE) {
        var id = entry.ids().get(JournalIds.DELEGATION_ID);
        if (id != null) {
          touched.add(id);
        }
        if (id != null && entry.event().equals("delegation-issued")) {
          // Issued between page and connection: the page may lack it, and knows what it has.
          page.onPage().remove(id);
        }
        asked |= entry.component().startsWith("ADD-I");
        preference |= entry.event().equals("preference-changed");
      }
    }
    for (var id : touched) {
      html.append(card(page, id));
    }
    if (asked) {
      html.append(
              render(
                  page,
                  "asked",
                  Map.of("asked", delegationQueries.waiting(page.world(), page.you()))))
          .append(status.patch(page.world(), page.you(), page.words()));
    }
    if (preference) {
      var asks =
          page.world()
              .participant(Psp.class)
              .preferences()
              .get(page.you().did().orElseThrow())
              .askEveryPayment();
      html.append(render(page, "asking", Map.of("asks", asks)));
    }
    return html.append(said(page, entries)).toString();
  }

  /** Empty for an intent's: its delegation is not there before it is issued. */
  private String card(Page page, String id) {
    return delegationHistory
        .find(page.world(), page.you(), id)
        .map(
            delegationCard -> {
              if (!page.onPage().contains(id)) {
                if (!page.seen().takes(delegationCard)) {
                  return "";
                }
                page.onPage().add(id);
                return renderNew(page, delegationCard);
              }
              return render(page, "card", Map.of("c", delegationCard));
            })
        .orElse("");
  }

  private String one(Page page, List<JournalEntry> entries) {
    var id = String.valueOf(page.seen().only());
    boolean concerns =
        entries.stream()
            .anyMatch(
                entry ->
                    entry.kind() == Kind.CLOCK
                        || id.equals(entry.ids().get(JournalIds.DELEGATION_ID)));
    if (!concerns) {
      return "";
    }
    return delegationHistory
            .find(page.world(), page.you(), id)
            .map(
                delegationCard ->
                    render(
                        page,
                        DelegationDetailPage.TEMPLATE,
                        "one-changed",
                        delegationHistory.model(
                            page.world(), page.you(), delegationCard, page.words())))
            .orElse("")
        + said(page, entries);
  }

  /** What a screen reader hears: lifecycle changes, not payments. */
  private String said(Page page, List<JournalEntry> entries) {
    var entryNarrator = new EntryNarrator(page.words());
    var heard = new ArrayList<String>();
    for (var entry : entries) {
      var id = entry.ids().get(JournalIds.DELEGATION_ID);
      if (id != null
          && entry.component().equals(ActComponent.ADD_IAC_LCM.code())
          && entry.kind() == Kind.STATE
          && (page.seen().only() == null || id.equals(page.seen().only()))) {
        heard.add(entryNarrator.narrate(entry).label());
      }
    }
    return heard.isEmpty()
        ? ""
        : render(page, "said-changed", Map.of("said", String.join(" ", heard)));
  }

  private String render(Page page, String fragment, Map<String, ?> model) {
    return render(page, DelegationPages.TEMPLATE, fragment, model);
  }

  private String render(Page page, String template, String fragment, Map<String, ?> model) {
    var whole = new HashMap<String, Object>(model);
    whole.put("here", "/console/" + page.world().name());
    // Each element replaces the one of its id.
    whole.put("oob", true);
    return fragmentRenderer.render(template, fragment, page.words(), whole);
  }

  private String renderNew(Page page, DelegationCard delegationCard) {
    return fragmentRenderer.render(
        DelegationPages.TEMPLATE,
        "card-new",
        page.words(),
        Map.of("c", delegationCard, "here", "/console/" + page.world().name()));
  }
}
