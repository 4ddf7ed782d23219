package org.actsandbox.web.console.gallery;

import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.web.console.frame.WorldTitleSource;
import org.actsandbox.web.console.play.ConsolePlays;
import org.actsandbox.web.console.play.PlayWorldNames;
import org.springframework.stereotype.Component;

/**
 * Calls the world of a play or a run by the title of its scenario. After a restart only the pack's
 * scenarios are known.
 */
@Component
class PlayedWorldTitles implements WorldTitleSource {

  private final ConsolePlays consolePlays;
  private final ScenarioPack scenarioPack = ScenarioPack.load();

  PlayedWorldTitles(ConsolePlays consolePlays) {
    this.consolePlays = consolePlays;
  }

  @Override
  public Optional<Text> findTitle(String world) {
    return consolePlays
        .findTitle(world)
        .or(
            () ->
                PlayWorldNames.findScript(world, scenarioPack.names())
                    .map(name -> scenarioPack.find(name).title()));
  }
}
