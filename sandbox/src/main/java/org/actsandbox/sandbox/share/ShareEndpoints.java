package org.actsandbox.sandbox.share;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shares copies of a world's journal by links that open them read-only (operator only). */
@RestController
@RequestMapping("/api/worlds/{world}/shares")
class ShareEndpoints {

  private static final int DEFAULT_DAYS = 7;

  /** In characters: longer than all ids of a journal. */
  private static final int MAX_ID = 128;

  private final SharedRuns runs;

  ShareEndpoints(SharedRuns runs) {
    this.runs = runs;
  }

  /**
   * Represents the request body that shares a part of a world's journal.
   *
   * @param orderNo selects all entries of its purchase; the other ids do the same; without any id,
   *     the whole journal
   * @param days 1 to 30, default 7, by the machine's clock
   */
  record ShareRequest(
      @Nullable String title,
      @Nullable String orderNo,
      @Nullable String intentId,
      @Nullable String tradeNo,
      @Nullable String conversationId,
      @Nullable String delegationId,
      @Nullable Integer days)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.checkPresent(title, SharedRuns::requireTitle);
      filters().forEach((field, value) -> mistakes.text(field, value, MAX_ID));
      mistakes.range("days", days, 1, SharedRuns.MAX_DAYS);
    }

    Map<String, String> filters() {
      var filters = new HashMap<String, String>();
      put(filters, "order_no", orderNo);
      put(filters, "intent_id", intentId);
      put(filters, "trade_no", tradeNo);
      put(filters, "conversation_id", conversationId);
      put(filters, "delegation_id", delegationId);
      return filters;
    }

    private static void put(Map<String, String> filters, String name, @Nullable String value) {
      if (value != null) {
        filters.put(name, value);
      }
    }
  }

  /**
   * Represents a run that was just shared.
   *
   * @param url link; its secret is shown only this once
   */
  record Shared(String id, String url, int entries, Instant expiresAt) {}

  record Shares(List<SharedRun> items) {}

  @EndpointSummary("Keep a copy of a run behind a link")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Shared share(
      World world,
      CallerAddress address,
      @RequestBody(required = false) ShareEndpoints.@Nullable ShareRequest shareRequest) {
    var request =
        shareRequest == null
            ? new ShareEndpoints.ShareRequest(null, null, null, null, null, null, null)
            : shareRequest;
    var newShare =
        runs.share(
            world,
            JournalSelection.of(request.filters()),
            request.title() == null ? "" : request.title().strip(),
            Duration.ofDays(request.days() == null ? DEFAULT_DAYS : request.days()));
    return new Shared(
        newShare.run().id(),
        address.used() + "/shared/" + newShare.token(),
        newShare.run().entries(),
        newShare.run().expiresAt());
  }

  @EndpointSummary("List the shared runs of a world")
  @GetMapping
  Shares list(World world) {
    return new Shares(runs.of(world));
  }

  @EndpointSummary("Take back a shared run")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(World world, @PathVariable String id) {
    runs.revoke(world, id);
  }
}
