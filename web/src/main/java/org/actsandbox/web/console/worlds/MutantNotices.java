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

/** Where not everybody is honest every page says so, or it would pass for the sandbox's own bug. */
@Component
@Order(10)
class MutantNotices implements NoticeSource {

  /** Names of another version of the sandbox are left out. */
  static List<Mutant> of(World world) {
    return world.settings().mutants().stream()
        .map(Mutants::find)
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public List<PageFrame.PageNotice> noticesFor(World world, Caller you) {
    int many = world.settings().mutants().size();
    return many == 0
        ? List.of()
        : List.of(
            new PageFrame.PageNotice(
                "standins", many, "/console/" + world.name() + "/worlds#stand-ins"));
  }
}
