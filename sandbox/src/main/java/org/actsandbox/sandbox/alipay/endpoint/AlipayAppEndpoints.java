package org.actsandbox.sandbox.alipay.endpoint;

import java.util.List;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.AppRegistration;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.alipay.gateway.AlipaySettings;
import org.actsandbox.sandbox.alipay.gateway.AlipaySettingsStore;
import org.actsandbox.sandbox.world.World;
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
  AlipayAppView add(World world, @RequestBody AlipayAppRequest request) {
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
