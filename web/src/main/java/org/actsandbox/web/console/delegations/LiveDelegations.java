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
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.delegation.DelegationDisplayState;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.StatusLine;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;

/**
 * Keeps open pages about delegations up to date: when the journal shows a change of a delegation,
 * the elements about it are sent again.
 */
@Component
class LiveDelegations {

  private final LivePages pages;
  private final DelegationQueries delegationQueries;
  private final DelegationHistory delegationHistory;
  private final FragmentRenderer fragmentRenderer;
  private final StatusLine status;
  private final PaymentReader paymentReader;

  LiveDelegations(
      LivePages pages,
      DelegationQueries delegationQueries,
      DelegationHistory delegationHistory,
      FragmentRenderer fragmentRenderer,
      StatusLine status,
      PaymentReader paymentReader) {
    this.pages = pages;
    this.delegationQueries = delegationQueries;
    this.delegationHistory = delegationHistory;
    this.fragmentRenderer = fragmentRenderer;
    this.status = status;
    this.paymentReader = paymentReader;
  }

  /**
   * Says which delegations a page shows.
   *
   * @param state the only state that the list shows; null for all states
   * @param only id of the delegation that the page shows in full; null for a list
   */
  record PageFilter(
      @Nullable DelegationDisplayState state, @Nullable String cursor, @Nullable String only) {

    /**
     * Tells whether a new delegation is added to the page: new ones come to the top of a list's
     * first page.
     */
    boolean includes(DelegationCard delegationCard) {
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
      World world, Caller principal, long after, PageFilter filter, PageText pageText) {
    return pages.follow(world, after, () -> openPage(world, principal, filter, pageText));
  }

  private Function<List<JournalEntry>, String> openPage(
      World world, Caller principal, PageFilter filter, PageText pageText) {
    var onPage = new HashSet<String>();
    if (filter.only() == null) {
      delegationQueries
          .page(world, principal, filter.state(), filter.cursor())
          .cards()
          .forEach(delegationCard -> onPage.add(delegationCard.id()));
    }
    var page = new Page(world, principal, filter, pageText, onPage);
    return entries -> filter.only() == null ? list(page, entries) : one(page, entries);
  }

  private record Page(
      World world, Caller principal, PageFilter filter, PageText words, Set<String> onPage) {}

  private String list(Page page, List<JournalEntry> entries) {
    var html = new StringBuilder();
    var touched = new LinkedHashSet<String>();
    boolean requestsChanged = false;
    boolean preferenceChanged = false;
    for (var entry : entries) {
      if (entry.kind() == Kind.CLOCK) {
        touched.addAll(page.onPage());
        requestsChanged = true;
      } else if (entry.kind() == Kind.STATE) {
        var id = entry.ids().get(JournalIds.DELEGATION_ID);
        if (id != null) {
          touched.add(id);
        }
        if (id != null && JournalEvent.DELEGATION_ISSUED.is(entry.event())) {
          // The delegation may have been issued after the page was made and before it connected.
          // Then the page does not have it; a page that has it ignores a second one.
          page.onPage().remove(id);
        }
        requestsChanged |= entry.component().startsWith("ADD-I");
        preferenceChanged |= JournalEvent.PREFERENCE_CHANGED.is(entry.event());
      }
    }
    for (var id : touched) {
      html.append(card(page, id));
    }
    if (requestsChanged) {
      html.append(
              render(
                  page,
                  "asked",
                  Map.of("asked", delegationQueries.waiting(page.world(), page.principal()))))
          .append(status.patch(page.world(), page.principal(), page.words()));
    }
    if (preferenceChanged) {
      var asks = paymentReader.asksEveryPayment(page.world(), page.principal().did().orElseThrow());
      html.append(render(page, "asking", Map.of("asks", asks)));
    }
    return html.append(announcement(page, entries)).toString();
  }

  /** Returns the HTML of a card; empty while the delegation is only requested and not issued. */
  private String card(Page page, String id) {
    return delegationHistory
        .find(page.world(), page.principal(), id)
        .map(
            delegationCard -> {
              if (!page.onPage().contains(id)) {
                if (!page.filter().includes(delegationCard)) {
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
    var id = String.valueOf(page.filter().only());
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
            .find(page.world(), page.principal(), id)
            .map(
                delegationCard ->
                    render(
                        page,
                        DelegationDetailPage.TEMPLATE,
                        "one-changed",
                        delegationHistory.model(
                            page.world(), page.principal(), delegationCard, page.words())))
            .orElse("")
        + announcement(page, entries);
  }

  /** Returns the text for screen readers, which tells lifecycle changes and no payments. */
  private String announcement(Page page, List<JournalEntry> entries) {
    var entryNarrator = new EntryNarrator(page.words());
    var sentences = new ArrayList<String>();
    for (var entry : entries) {
      var id = entry.ids().get(JournalIds.DELEGATION_ID);
      if (id != null
          && entry.component().equals(ActComponent.ADD_IAC_LCM.code())
          && entry.kind() == Kind.STATE
          && (page.filter().only() == null || id.equals(page.filter().only()))) {
        sentences.add(entryNarrator.narrate(entry).label());
      }
    }
    return sentences.isEmpty()
        ? ""
        : render(page, "announcement-changed", Map.of("said", String.join(" ", sentences)));
  }

  private String render(Page page, String fragment, Map<String, ?> model) {
    return render(page, DelegationPages.TEMPLATE, fragment, model);
  }

  private String render(Page page, String template, String fragment, Map<String, ?> model) {
    var variables = new HashMap<String, Object>(model);
    variables.put("here", "/console/" + page.world().name());
    // Each element replaces the one with the same id on the page.
    variables.put("oob", true);
    return fragmentRenderer.render(template, fragment, page.words(), variables);
  }

  private String renderNew(Page page, DelegationCard delegationCard) {
    return fragmentRenderer.render(
        DelegationPages.TEMPLATE,
        "card-new",
        page.words(),
        Map.of("c", delegationCard, "here", "/console/" + page.world().name()));
  }
}
