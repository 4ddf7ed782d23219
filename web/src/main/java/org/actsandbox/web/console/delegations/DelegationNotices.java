package org.actsandbox.web.console.delegations;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.NoticeSource;
import org.actsandbox.web.console.frame.PageFrame;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Delegations that wait for the principal's decision: one leads to it, more to their list. */
@Component
@Order(2)
class DelegationNotices implements NoticeSource {

  private final DelegationQueries delegationQueries;

  DelegationNotices(DelegationQueries delegationQueries) {
    this.delegationQueries = delegationQueries;
  }

  @Override
  public List<PageFrame.PageNotice> noticesFor(World world, Caller you) {
    var asked = delegationQueries.waiting(world, you);
    if (asked.isEmpty()) {
      return List.of();
    }
    var to =
        asked.size() == 1
            ? asked.getFirst().page()
            : "/console/" + world.name() + "/delegations#to-confirm";
    return List.of(new PageFrame.PageNotice("delegations", asked.size(), to));
  }
}
