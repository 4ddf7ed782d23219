package org.actsandbox.web.console.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.export.Downloads;
import org.actsandbox.sandbox.export.Selection;
import org.actsandbox.sandbox.journal.Story;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.Decoder;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.decoder.Source;
import org.actsandbox.web.console.frame.Visit;
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

/** The journal as a timeline: a page of it by filter, live, and one entry opened. */
@Controller
@RequestMapping("/console/{world}/journal")
class JournalPage {

  private static final int PAGE = 100;

  private final LiveTimeline live;
  private final Downloads downloads;

  JournalPage(LiveTimeline live, Downloads downloads) {
    this.live = live;
    this.downloads = downloads;
  }

  /** Somebody to filter by. */
  record Who(String did, String name) {}

  @GetMapping
  Rendering list(Visit visit) {
    var journal = visit.world().journalStore();
    var selection = selection(visit);
    long after = after(visit, selection, journal.lastSeq());
    var found = selection.page(journal, after, PAGE);
    var timeline = new Timeline(visit.words(), found.items());
    var base = address(visit, "", selection);
    var page =
        visit
            .page("console/journal", "journal")
            .with("lanes", timeline.lanes())
            .with("rows", timeline.rows())
            .with("link", visit.here() + "/journal")
            .with("here", visit.here())
            .with("kinds", Kind.values())
            .with("people", people(visit))
            .with("principals", principals(visit))
            .with("filters", selection.filters())
            .with("story", Story.TIES.stream().anyMatch(selection.filters()::containsKey))
            .with("first", after == 0)
            .with("older", with(base, "after", Math.max(0, after - PAGE)))
            .with("exports", with(address(visit, "/export", selection), "format", ""))
            .with("sharing", address(visit, "/../shares", selection).replace("/journal/..", ""))
            .with("knowing", address(visit, "/../knowledge", selection).replace("/journal/..", ""));
    if (found.last()) {
      long seen = Math.max(after, found.lookedUpTo());
      var position = with(address(visit, "/live", selection), "from", after) + "&after=" + seen;
      page.with("live", position);
    } else {
      page.with("next", with(base, "after", found.lookedUpTo()));
    }
    return page.show();
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  Flux<ServerSentEvent<String>> live(
      Visit visit,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    long from = number("from", visit.query("from"));
    long after = number("after", lastEventId == null ? visit.query("after") : lastEventId);
    return live.follow(
        new LiveTimeline.Shown(visit.world(), selection(visit), from, after, visit.words()));
  }

  @GetMapping("/export")
  ResponseEntity<Flux<String>> export(Visit visit) {
    var format = visit.query("format");
    return downloads.of(visit.world(), format == null ? "" : format, params(visit));
  }

  /** Without filter and position the newest entries, else from the beginning. */
  private static long after(Visit visit, Selection selection, long last) {
    var wanted = visit.query("after");
    if (wanted == null) {
      return selection.isEverything() ? Math.max(0, last - PAGE) : 0;
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

  private static Map<String, String> params(Visit visit) {
    var params = new LinkedHashMap<String, String>();
    for (var name : Selection.names()) {
      var value = visit.query(name);
      if (value != null) {
        params.put(name, value);
      }
    }
    return params;
  }

  private static Selection selection(Visit visit) {
    return Selection.of(params(visit));
  }

  /** An address with these filters, ready for one more parameter. */
  private static String address(Visit visit, String below, Selection selection) {
    var address = UriComponentsBuilder.fromPath(visit.here() + "/journal" + below);
    selection.filters().forEach((name, _) -> address.queryParam(name, "{" + name + "}"));
    return address.encode().buildAndExpand(selection.filters()).toUriString();
  }

  private static String with(String address, String name, Object value) {
    return address + (address.indexOf('?') < 0 ? "?" : "&") + name + "=" + value;
  }

  private static List<Who> people(Visit visit) {
    var narrator = new Narrator(visit.words());
    var dids =
        new java.util.ArrayList<>(
            List.of(World.PRINCIPAL, World.AGENT, World.PSP, World.DELEGATIONS, World.TRUST));
    visit.world().principals().dids().stream().skip(1).forEach(dids::add);
    visit.world().settings().roster().forEach(merchant -> dids.add(merchant.did()));
    return dids.stream().map(Did::value).map(did -> new Who(did, narrator.name(did))).toList();
  }

  /** Whose affairs one can ask for; none where there is nothing to choose. */
  private static List<Who> principals(Visit visit) {
    var principals = visit.world().principals();
    return principals.areSeveral()
        ? principals.dids().stream().map(did -> new Who(did.value(), did.name())).toList()
        : List.of();
  }

  @GetMapping("/{seq}")
  Rendering open(Visit visit, @PathVariable long seq) {
    var entry =
        visit
            .world()
            .journalStore()
            .find(seq)
            .orElseThrow(
                () -> new Refusal(Problem.NOT_FOUND, "the journal has no entry " + seq).at("seq"));
    var opened = new Decoder(Source.of(visit.world()), visit.words()).open(entry);
    return EntryView.show(visit, opened, visit.here() + "/journal", false);
  }
}
