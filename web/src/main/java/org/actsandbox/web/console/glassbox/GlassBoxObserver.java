package org.actsandbox.web.console.glassbox;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Shows the glass box on pages where another actor acts, such as a scenario that is played. */
@Component
public class GlassBoxObserver {

  private final GlassBoxPanes panes;
  private final LiveGlassBox live;

  GlassBoxObserver(GlassBoxPanes panes, LiveGlassBox live) {
    this.panes = panes;
    this.live = live;
  }

  /**
   * Returns the template attributes of the panes of a conversation, and the {@code position} from
   * which to follow.
   */
  public Map<String, Object> model(World world, PageText pageText) {
    long until = world.journalStore().lastSeq();
    var observed = panes.observe(world, pageText, until);
    var model =
        new HashMap<>(
            panes.offersModel(world, observed.conversation(), GlassBoxPanes.Choice.NONE, pageText));
    model.putAll(panes.conversationModel(observed.conversation()));
    model.put("lanes", observed.messages().lanes());
    model.put("rows", observed.messages().rows());
    model.put("observed", true);
    model.put(
        "position", new LiveGlassBox.Position(observed.conversation().lastSeq(), until).toString());
    return model;
  }

  /**
   * Follows the world and sends changed elements as {@code update} events.
   *
   * @param after position of a page or of an earlier update; null for the beginning
   */
  public Flux<ServerSentEvent<String>> follow(
      World world, @Nullable String after, PageText pageText) {
    var principal = new Caller(Role.PRINCIPAL, World.PRINCIPAL);
    return live.followWorld(
        world, principal, LiveGlassBox.Position.parse(after == null ? "" : after), pageText);
  }
}
