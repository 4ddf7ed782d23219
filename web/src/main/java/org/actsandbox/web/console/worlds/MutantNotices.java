package org.actsandbox.web.console.worlds;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.mutant.assembly.Mutants;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.NoticeSource;
import org.actsandbox.web.console.frame.PageFrame;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Notices on every page that a world has defective participants. Without the notice their behaviour
 * would look like a bug of the sandbox.
 */
@Component
@Order(10)
class MutantNotices implements NoticeSource {

  /**
   * Returns the mutants of a world, without those that this version of the sandbox does not know.
   */
  static List<Mutant> of(World world) {
    return world.settings().mutants().stream()
        .map(Mutants::find)
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public List<PageFrame.PageNotice> noticesFor(World world, Caller principal) {
    int count = world.settings().mutants().size();
    return count == 0
        ? List.of()
        : List.of(
            new PageFrame.PageNotice(
                "standins", count, "/console/" + world.name() + "/worlds#stand-ins"));
  }
}
