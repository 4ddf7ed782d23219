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

/** The glass box for pages on which somebody else acts: a scenario that is being played. */
@Component
public class GlassBoxObserver {

  private final GlassBoxPanes boxes;
  private final LiveGlassBox live;

  GlassBoxObserver(GlassBoxPanes boxes, LiveGlassBox live) {
    this.boxes = boxes;
    this.live = live;
  }

  /** What the panes of {@code console/try} show now, and the {@code position} to follow from. */
  public Map<String, Object> model(World world, PageText pageText) {
    long until = world.journalStore().lastSeq();
    var seen = boxes.observe(world, pageText, until);
    var model = new HashMap<>(boxes.offersModel(world, seen.glass(), GlassBoxPanes.Choice.NONE));
    model.putAll(boxes.conversationModel(seen.glass()));
    model.put("lanes", seen.protocol().lanes());
    model.put("rows", seen.protocol().rows());
    model.put("onlook", true);
    model.put("position", new LiveGlassBox.Position(seen.glass().lastSeq(), until).toString());
    return model;
  }

  /**
   * Elements that change, as {@code update} events.
   *
   * @param after position of a page or of an earlier update; null for the beginning
   */
  public Flux<ServerSentEvent<String>> follow(
      World world, @Nullable String after, PageText pageText) {
    var you = new Caller(Role.PRINCIPAL, World.PRINCIPAL);
    return live.followWorld(
        world, you, LiveGlassBox.Position.parse(after == null ? "" : after), pageText);
  }
}
