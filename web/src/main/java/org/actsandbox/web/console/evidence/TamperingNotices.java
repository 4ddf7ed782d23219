package org.actsandbox.web.console.evidence;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.NoticeSource;
import org.actsandbox.web.console.frame.PageFrame;
import org.actsandbox.web.console.port.TamperingReader;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Notices on every page that evidence is broken on purpose. */
@Component
@Order(9)
class TamperingNotices implements NoticeSource {

  private final TamperingReader tamperingReader;

  TamperingNotices(TamperingReader tamperingReader) {
    this.tamperingReader = tamperingReader;
  }

  @Override
  public List<PageFrame.PageNotice> noticesFor(World world, Caller principal) {
    int broken = tamperingReader.breaks(world).size();
    return broken == 0
        ? List.of()
        : List.of(
            new PageFrame.PageNotice(
                "tampered", broken, "/console/" + world.name() + "/evidence/lab"));
  }
}
