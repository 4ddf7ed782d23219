package org.actsandbox.sandbox.export;

import java.util.Map;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.KnownQueryParameters;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.sandbox.world.World;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Exports the journal as a file (operator only). */
@RestController
class ExportEndpoint {

  private final JournalDownloads journalDownloads;

  ExportEndpoint(JournalDownloads journalDownloads) {
    this.journalDownloads = journalDownloads;
  }

  /**
   * Answers a file.
   *
   * @param format har, curl or json
   * @param params kind, component, participant, request_id, principal, and an id that selects all
   *     entries of its purchase
   */
  @EndpointSummary("Export the journal as HAR, cURL or JSON")
  @GetMapping("/api/worlds/{world}/journal/export")
  ResponseEntity<Flux<String>> export(
      World world,
      @RequestParam String format,
      @KnownQueryParameters({
            "kind",
            "component",
            "participant",
            "request_id",
            "principal",
            JournalIds.INTENT_ID,
            JournalIds.CONVERSATION_ID,
            JournalIds.DELEGATION_ID,
            JournalIds.ORDER_NO,
            JournalIds.TRADE_NO
          })
          @RequestParam
          Map<String, String> params) {
    return journalDownloads.of(world, format, params);
  }
}
