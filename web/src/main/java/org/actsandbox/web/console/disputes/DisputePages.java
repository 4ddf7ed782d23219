package org.actsandbox.web.console.disputes;

import java.util.Map;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.frame.Paging;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.principal.Surfaces;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Flux;

/** All disputes of a world; one with everybody's word, the finding and its bundle. */
@Controller
@RequestMapping("/console/{world}/disputes")
class DisputePages {

  private final Surfaces surfaces;
  private final LiveDisputes live;

  DisputePages(Surfaces surfaces, LiveDisputes live) {
    this.surfaces = surfaces;
    this.live = live;
  }

  @GetMapping
  Rendering list(Visit visit) {
    long position = visit.world().journalStore().lastSeq();
    var found = visit.world().part(Disputes.class).list(visit.you(), null, visit.query("cursor"));
    return visit
        .page(LiveDisputes.LIST, "disputes")
        .with("disputes", found.items())
        .with("narrator", new Narrator(visit.words()))
        .with("next", Paging.next(visit, found.next()))
        .with("here", visit.here())
        .with(
            "live",
            visit.query("cursor") == null
                ? visit.here() + "/disputes/live?after=" + position
                : null)
        .show();
  }

  @GetMapping("/{id}")
  Rendering one(Visit visit, @PathVariable String id) {
    requireId(id);
    long position = visit.world().journalStore().lastSeq();
    var page = visit.page(LiveDisputes.ONE, "disputes");
    live.model(visit.world(), visit.you(), id, visit.words()).forEach(page::with);
    return page.with("live", visit.here() + "/disputes/live?after=" + position + "&only=" + id)
        .with("done", visit.query("done"))
        .show();
  }

  /** Takes the same door as everybody else. */
  @PostMapping("/{id}/withdraw")
  Rendering withdraw(Visit visit, @PathVariable String id) {
    requireId(id);
    surfaces.post(visit.world(), visit.you(), "/trust/disputes/" + id + "/withdraw", Map.of());
    return visit.leave(visit.here() + "/disputes/" + id + "?done=withdrawn");
  }

  @GetMapping(path = "/{id}/bundle", produces = "application/zip")
  @ResponseBody
  ResponseEntity<byte[]> bundle(Visit visit, @PathVariable String id) {
    requireId(id);
    var whole = visit.world().part(Disputes.class).whole(id, visit.you());
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(id + ".zip").build().toString())
        .body(new EvidenceBundles(visit.world()).of(whole));
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  Flux<ServerSentEvent<String>> live(
      Visit visit,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var after = LivePages.position(lastEventId == null ? visit.query("after") : lastEventId);
    var only = visit.query("only");
    if (only != null) {
      requireId(only);
    }
    return live.follow(visit.world(), visit.you(), after, only, visit.words());
  }

  private static void requireId(String id) {
    if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such dispute").at("dispute_id");
    }
  }
}
