package org.actsandbox.sandbox.edge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.actsandbox.sandbox.Settings;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.key.RoleKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** {@link AccessPolicy} by the data folder's start token and the address the server is bound to. */
@Component
class LocalAccess implements AccessPolicy {

  private static final Logger log = LoggerFactory.getLogger(LocalAccess.class);

  private final Settings settings;
  private final RoleKeys keys;
  private final byte[] startToken;

  LocalAccess(Settings settings, RoleKeys keys, DataFolder folder) {
    this.settings = settings;
    this.keys = keys;
    this.startToken = bytes(folder.startToken());
  }

  @Override
  public boolean adminKeyNeeded() {
    return !settings.loopback();
  }

  @Override
  public boolean admits(String key) {
    return keys.isAdminKey(key) || MessageDigest.isEqual(startToken, bytes(key));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @EventListener(ApplicationReadyEvent.class)
  void sayAdminKey() {
    if (adminKeyNeeded()) {
      // Printed, not logged: log files travel.
      System.out.println("Admin key (others can reach this server): " + keys.adminKey());
    } else {
      log.debug("bound to loopback: no admin key needed");
    }
  }
}
