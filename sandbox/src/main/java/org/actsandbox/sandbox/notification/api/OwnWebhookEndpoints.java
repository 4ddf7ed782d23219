package org.actsandbox.sandbox.notification.api;

import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.RequiredFields;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
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

/** Serves the webhook endpoints and deliveries of a merchant or an agent to itself. */
@RestController
@RequestMapping("/w/{world}")
class OwnWebhookEndpoints {

  private final Webhooks webhooks;

  OwnWebhookEndpoints(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @EndpointSummary("List webhook endpoints of one's own")
  @GetMapping("/webhooks")
  WebhookList list(World world, @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller) {
    return webhooks.list(world, own(caller));
  }

  /** Adds an endpoint; its secret, if it has one, is answered this once. */
  @EndpointSummary("Add a webhook endpoint of one's own")
  @PostMapping("/webhooks")
  @ResponseStatus(HttpStatus.CREATED)
  WebhookView add(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @RequestBody @RequiredFields("url") WebhookRequest request) {
    return webhooks.add(world, own(caller, request.owner()), request);
  }

  @EndpointSummary("Read a webhook endpoint of one's own")
  @GetMapping("/webhooks/{endpointId}")
  WebhookView one(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @PathVariable String endpointId) {
    return webhooks.one(world, own(caller), endpointId);
  }

  @EndpointSummary("Change, disable or hold back a webhook endpoint of one's own")
  @PatchMapping("/webhooks/{endpointId}")
  WebhookView change(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @PathVariable String endpointId,
      @RequestBody WebhookRequest request) {
    return webhooks.change(world, own(caller), endpointId, request);
  }

  @EndpointSummary("Delete a webhook endpoint of one's own")
  @DeleteMapping("/webhooks/{endpointId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @PathVariable String endpointId) {
    webhooks.remove(world, own(caller), endpointId);
  }

  @EndpointSummary("Rotate the secret of a webhook endpoint of one's own")
  @PostMapping("/webhooks/{endpointId}/secrets")
  WebhookView rotate(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @PathVariable String endpointId,
      @RequestBody RotationRequest request) {
    return webhooks.rotate(world, own(caller), endpointId, request.overlapSeconds());
  }

  @EndpointSummary("Send a test event to a webhook endpoint of one's own")
  @PostMapping("/webhooks/{endpointId}/test")
  DeliveryDetail test(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @PathVariable String endpointId) {
    return webhooks.test(world, own(caller), endpointId);
  }

  @EndpointSummary("Release what a webhook endpoint of one's own holds back")
  @PostMapping("/webhooks/{endpointId}/release")
  SentDeliveries release(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @PathVariable String endpointId,
      @RequestBody ReleaseRequest request) {
    return webhooks.release(world, own(caller), endpointId, request.order());
  }

  @EndpointSummary("List deliveries of notifications of one's own")
  @GetMapping("/deliveries")
  Page<DeliveryView> deliveries(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @RequestParam(required = false) @Nullable String endpoint,
      @RequestParam(required = false) DeliveryEntry.@Nullable Status status,
      @RequestParam(required = false) @Nullable String event,
      @RequestParam(required = false) @Nullable String cursor) {
    var filter = new DeliveryFilter(own(caller), endpoint, status, Webhooks.event(event));
    return webhooks.deliveries(world, filter, cursor);
  }

  @EndpointSummary("Read a delivery of one's own with its attempts")
  @GetMapping("/deliveries/{deliveryId}")
  DeliveryDetail delivery(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @PathVariable String deliveryId) {
    return webhooks.delivery(world, own(caller), deliveryId);
  }

  @EndpointSummary("Send a delivery of one's own again, in several copies if wished")
  @PostMapping("/deliveries/{deliveryId}/resend")
  DeliveryDetail resend(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @PathVariable String deliveryId,
      @RequestBody ResendRequest request) {
    return webhooks.resend(world, own(caller), deliveryId, request.copies());
  }

  @EndpointSummary("Send deliveries of one's own since a time again")
  @PostMapping("/deliveries/replay")
  SentDeliveries replay(
      World world,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @RequestBody ReplayRequest request) {
    var filter = new DeliveryFilter(own(caller, request.owner()), request.endpointId(), null, null);
    return webhooks.replay(
        world, filter, request.since(), !Boolean.FALSE.equals(request.undeliveredOnly()));
  }

  private static Did own(Caller caller) {
    return caller.did().orElseThrow();
  }

  private static Did own(Caller caller, @Nullable String owner) {
    var own = own(caller);
    if (owner != null && !owner.equals(own.value())) {
      throw FieldChecks.invalid("owner", "nothing, or " + own, owner);
    }
    return own;
  }
}
