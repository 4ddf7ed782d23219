package org.actsandbox.sandbox.notification.api;

import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.RequiredFields;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.notification.DeliveryEntry;
import org.actsandbox.sandbox.notification.DeliveryFilter;
import org.actsandbox.sandbox.notification.api.WebhookOrders.ReleaseRequest;
import org.actsandbox.sandbox.notification.api.WebhookOrders.ReplayRequest;
import org.actsandbox.sandbox.notification.api.WebhookOrders.ResendRequest;
import org.actsandbox.sandbox.notification.api.WebhookOrders.RotationRequest;
import org.actsandbox.sandbox.notification.api.WebhookViews.DeliveryDetail;
import org.actsandbox.sandbox.notification.api.WebhookViews.DeliveryView;
import org.actsandbox.sandbox.notification.api.WebhookViews.SentDeliveries;
import org.actsandbox.sandbox.notification.api.WebhookViews.WebhookList;
import org.actsandbox.sandbox.notification.api.WebhookViews.WebhookView;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Serves the webhook endpoints and deliveries of a world to its operator. */
@RestController
@RequestMapping("/api/worlds/{world}")
class OperatorWebhookEndpoints {

  private final Webhooks webhooks;

  OperatorWebhookEndpoints(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @EndpointSummary("List webhook endpoints")
  @GetMapping("/webhooks")
  WebhookList list(World world, @RequestParam(required = false) @Nullable String owner) {
    return webhooks.list(world, owner == null ? null : FieldChecks.did("owner", owner));
  }

  /** Adds an endpoint; its secret, if it has one, is answered this once. */
  @EndpointSummary("Add a webhook endpoint")
  @PostMapping("/webhooks")
  @ResponseStatus(HttpStatus.CREATED)
  WebhookView add(
      World world, @RequestBody @RequiredFields({"owner", "url"}) WebhookRequest request) {
    return webhooks.add(world, Webhooks.owner(world, request.owner()), request);
  }

  @EndpointSummary("Read a webhook endpoint")
  @GetMapping("/webhooks/{endpointId}")
  WebhookView one(World world, @PathVariable String endpointId) {
    return webhooks.one(world, null, endpointId);
  }

  @EndpointSummary("Change, disable or hold back a webhook endpoint")
  @PatchMapping("/webhooks/{endpointId}")
  WebhookView change(
      World world, @PathVariable String endpointId, @RequestBody WebhookRequest request) {
    return webhooks.change(world, null, endpointId, request);
  }

  @EndpointSummary("Delete a webhook endpoint")
  @DeleteMapping("/webhooks/{endpointId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(World world, @PathVariable String endpointId) {
    webhooks.remove(world, null, endpointId);
  }

  @EndpointSummary("Rotate the secret of a webhook endpoint")
  @PostMapping("/webhooks/{endpointId}/secrets")
  WebhookView rotate(
      World world, @PathVariable String endpointId, @RequestBody RotationRequest request) {
    return webhooks.rotate(world, null, endpointId, request.overlapSeconds());
  }

  @EndpointSummary("Send a test event to a webhook endpoint")
  @PostMapping("/webhooks/{endpointId}/test")
  DeliveryDetail test(World world, @PathVariable String endpointId) {
    return webhooks.test(world, null, endpointId);
  }

  @EndpointSummary("Release what a webhook endpoint holds back")
  @PostMapping("/webhooks/{endpointId}/release")
  SentDeliveries release(
      World world, @PathVariable String endpointId, @RequestBody ReleaseRequest request) {
    return webhooks.release(world, null, endpointId, request.order());
  }

  @EndpointSummary("List deliveries of notifications")
  @GetMapping("/deliveries")
  Page<DeliveryView> deliveries(
      World world,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String endpoint,
      @RequestParam(required = false) DeliveryEntry.@Nullable Status status,
      @RequestParam(required = false) @Nullable String event,
      @RequestParam(required = false) @Nullable String cursor) {
    var filter =
        new DeliveryFilter(
            owner == null ? null : FieldChecks.did("owner", owner),
            endpoint,
            status,
            Webhooks.event(event));
    return webhooks.deliveries(world, filter, cursor);
  }

  @EndpointSummary("Read a delivery with its attempts")
  @GetMapping("/deliveries/{deliveryId}")
  DeliveryDetail delivery(World world, @PathVariable String deliveryId) {
    return webhooks.delivery(world, null, deliveryId);
  }

  @EndpointSummary("Send a delivery again, in several copies if wished")
  @PostMapping("/deliveries/{deliveryId}/resend")
  DeliveryDetail resend(
      World world, @PathVariable String deliveryId, @RequestBody ResendRequest request) {
    return webhooks.resend(world, null, deliveryId, request.copies());
  }

  @EndpointSummary("Send deliveries since a time again")
  @PostMapping("/deliveries/replay")
  SentDeliveries replay(World world, @RequestBody ReplayRequest request) {
    var filter =
        new DeliveryFilter(
            request.owner() == null ? null : FieldChecks.did("owner", request.owner()),
            request.endpointId(),
            null,
            null);
    return webhooks.replay(
        world, filter, request.since(), !Boolean.FALSE.equals(request.undeliveredOnly()));
  }
}
