package org.actsandbox.web.console.disputes;

import java.util.Map;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PathId;
import org.actsandbox.web.console.port.DisputeReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
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

/**
 * Shows all disputes of a world, and one dispute with the statements of all parties, the finding
 * and its evidence bundle.
 */
@Controller
@RequestMapping("/console/{world}/disputes")
class DisputePages {

  private final ConsoleApiClient consoleApiClient;
  private final LiveDisputes live;
  private final DisputeReader disputeReader;

  DisputePages(ConsoleApiClient consoleApiClient, LiveDisputes live, DisputeReader disputeReader) {
    this.consoleApiClient = consoleApiClient;
    this.live = live;
    this.disputeReader = disputeReader;
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    long position = pageRequest.world().journalStore().lastSeq();
    var found =
        disputeReader.newest(
            pageRequest.world(), pageRequest.principal(), pageRequest.query("cursor"));
    return pageRequest
        .page(LiveDisputes.LIST, "disputes")
        .with("disputes", found.items())
        .with("titles", live.titles(pageRequest.world(), found.items(), pageRequest.words()))
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .with("next", NextPageLink.next(pageRequest, found.next()))
        .with("here", pageRequest.here())
        .with(
            "live",
            pageRequest.query("cursor") == null
                ? pageRequest.here() + "/disputes/live?after=" + position
                : null)
        .show();
  }

  @GetMapping("/{id}")
  Rendering one(PageRequest pageRequest, @PathVariable String id) {
    requireId(id);
    long position = pageRequest.world().journalStore().lastSeq();
    var pageBuilder = pageRequest.page(LiveDisputes.ONE, "disputes");
    live.model(pageRequest.world(), pageRequest.principal(), id, pageRequest.words())
        .forEach(pageBuilder::with);
    return pageBuilder
        .with("live", pageRequest.here() + "/disputes/live?after=" + position + "&only=" + id)
        .with("done", pageRequest.query("done"))
        .show();
  }

  /** Withdraws the dispute over the HTTP API that all clients use. */
  @PostMapping("/{id}/withdraw")
  Rendering withdraw(PageRequest pageRequest, @PathVariable String id) {
    requireId(id);
    consoleApiClient.post(
        pageRequest.world(),
        pageRequest.principal(),
        "/trust/disputes/" + id + "/withdraw",
        Map.of());
    return pageRequest.redirectPage(pageRequest.here() + "/disputes/" + id + "?done=withdrawn");
  }

  @GetMapping(path = "/{id}/bundle", produces = "application/zip")
  @ResponseBody
  ResponseEntity<byte[]> bundle(PageRequest pageRequest, @PathVariable String id) {
    requireId(id);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(id + ".zip").build().toString())
        .body(disputeReader.bundle(pageRequest.world(), pageRequest.principal(), id));
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  Flux<ServerSentEvent<String>> live(
      PageRequest pageRequest,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var after = LivePages.position(lastEventId == null ? pageRequest.query("after") : lastEventId);
    var only = pageRequest.query("only");
    if (only != null) {
      requireId(only);
    }
    return live.follow(
        pageRequest.world(), pageRequest.principal(), after, only, pageRequest.words());
  }

  private static void requireId(String id) {
    PathId.require(id, "dispute", "dispute_id");
  }
}
