package org.actsandbox.sandbox.edge.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.key.RoleKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Implements {@link AccessPolicy} with the data folder's start token and the address that the
 * server is bound to.
 */
@Component
class LoopbackAccessPolicy implements AccessPolicy {

  private static final Logger log = LoggerFactory.getLogger(LoopbackAccessPolicy.class);

  private final SandboxSettings sandboxSettings;
  private final RoleKeys keys;
  private final byte[] startToken;

  LoopbackAccessPolicy(SandboxSettings sandboxSettings, RoleKeys keys, DataFolder folder) {
    this.sandboxSettings = sandboxSettings;
    this.keys = keys;
    this.startToken = bytes(folder.startToken());
  }

  @Override
  public boolean adminKeyNeeded() {
    return !sandboxSettings.loopback();
  }

  @Override
  public boolean admits(String key) {
    return keys.isAdminKey(key) || MessageDigest.isEqual(startToken, bytes(key));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @EventListener(ApplicationReadyEvent.class)
  void printAdminKey() {
    if (adminKeyNeeded()) {
      // Printed and not logged, because log files are passed on.
      System.out.println("Admin key (others can reach this server): " + keys.adminKey());
    } else {
      log.debug("bound to loopback: no admin key needed");
    }
  }
}
