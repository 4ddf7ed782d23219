package org.actsandbox.web.console.delegations;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.NoticeSource;
import org.actsandbox.web.console.frame.PageFrame;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Notices the delegations that wait for the principal's decision. The notice links to the only one,
 * or to the list of several.
 */
@Component
@Order(2)
class DelegationNotices implements NoticeSource {

  private final DelegationQueries delegationQueries;

  DelegationNotices(DelegationQueries delegationQueries) {
    this.delegationQueries = delegationQueries;
  }

  @Override
  public List<PageFrame.PageNotice> noticesFor(World world, Caller principal) {
    var waiting = delegationQueries.waiting(world, principal);
    if (waiting.isEmpty()) {
      return List.of();
    }
    var to =
        waiting.size() == 1
            ? waiting.getFirst().page()
            : "/console/" + world.name() + "/delegations#to-confirm";
    return List.of(new PageFrame.PageNotice("delegations", waiting.size(), to));
  }
}
