package org.actsandbox.sandbox.alipay.endpoint;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.RequiredFields;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.alipay.app.AppRegistration;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.actsandbox.sandbox.alipay.gateway.AlipaySettings;
import org.actsandbox.sandbox.alipay.gateway.AlipaySettingsStore;
import org.actsandbox.sandbox.key.Principals;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Registers applications of Alipay's gateway in a world, and sets the world's switches. */
@RestController
@RequestMapping("/api/worlds/{world}/alipay")
class AlipayAppEndpoints {

  /** The longest text that the documents name (AIP-50). */
  private static final int MAX_ORDER_STRING = 16_384;

  private final AppRegistration registration;
  private final AlipayApps apps;
  private final AlipaySettingsStore settings;
  private final PlatformKey platformKey;

  AlipayAppEndpoints(
      AppRegistration registration,
      AlipayApps apps,
      AlipaySettingsStore settings,
      PlatformKey platformKey) {
    this.registration = registration;
    this.apps = apps;
    this.settings = settings;
    this.platformKey = platformKey;
  }

  record AlipayAppList(List<AlipayAppView> apps) {}

  @EndpointSummary("List the applications of Alipay's gateway")
  @GetMapping("/apps")
  AlipayAppList list(World world) {
    return new AlipayAppList(
        apps.all(world).stream().map(app -> AlipayAppView.of(world, app, platformKey)).toList());
  }

  /** Registers an application. A private key that the sandbox makes is answered this once. */
  @EndpointSummary("Register an application of Alipay's gateway")
  @PostMapping("/apps")
  @ResponseStatus(HttpStatus.CREATED)
  AlipayAppView add(World world, @RequestBody @RequiredFields("owner") AlipayAppRequest request) {
    return AlipayAppView.of(
        world,
        registration.add(world, request.owner(), request.name(), request.publicKey()),
        platformKey);
  }

  @EndpointSummary("Read an application of Alipay's gateway")
  @GetMapping("/apps/{app}")
  AlipayAppView one(World world, @PathVariable("app") String app) {
    return AlipayAppView.of(world, registration.require(world, app), platformKey);
  }

  @EndpointSummary("Give an application another key")
  @PatchMapping("/apps/{app}")
  AlipayAppView change(
      World world, @PathVariable("app") String app, @RequestBody AlipayAppRequest request) {
    return AlipayAppView.of(
        world, registration.changeKey(world, app, request.publicKey()), platformKey);
  }

  @EndpointSummary("Remove an application of Alipay's gateway")
  @DeleteMapping("/apps/{app}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(World world, @PathVariable("app") String app) {
    registration.remove(world, app);
  }

  /**
   * Holds the text that a seller's app hands to the wallet app.
   *
   * @param orderString what {@code sdkExecute} of the SDK returned
   * @param buyerId number of the principal whose wallet it is; absent for the first one
   */
  record WalletRequest(String orderString, @Nullable String buyerId)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("order_string", orderString, MAX_ORDER_STRING);
      mistakes.text("buyer_id", buyerId, 64);
    }
  }

  /** Plays the wallet app of a phone. The same text again asks for the outcome. */
  @EndpointSummary("Hand a signed order to the wallet of the Alipay profile")
  @PostMapping("/wallet")
  AlipayGateway.WalletReply wallet(World world, @RequestBody WalletRequest request) {
    var buyer =
        request.buyerId() == null
            ? Optional.of(Principals.FIRST)
            : AlipayNumbers.principal(world, request.buyerId());
    return world
        .participant(AlipayGateway.class)
        .wallet(
            request.orderString(),
            buyer.orElseThrow(
                () ->
                    FieldChecks.invalid(
                        "buyer_id",
                        "one of the application's buyer_ids",
                        String.valueOf(request.buyerId()))));
  }

  @EndpointSummary("Read the switches of the Alipay profile")
  @GetMapping("/settings")
  AlipaySettings settings(World world) {
    return settings.of(world);
  }

  @EndpointSummary("Change switches of the Alipay profile")
  @PatchMapping("/settings")
  AlipaySettings changeSettings(World world, @RequestBody AlipaySettings change) {
    return settings.change(world, change);
  }
}
