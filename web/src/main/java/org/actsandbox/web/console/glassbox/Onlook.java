package org.actsandbox.web.console.glassbox;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.words.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** The glass box for pages on which somebody else acts: a scenario that is being played. */
@Component
public class Onlook {

  private final GlassBoxes boxes;
  private final LiveBox live;

  Onlook(GlassBoxes boxes, LiveBox live) {
    this.boxes = boxes;
    this.live = live;
  }

  /** What the panes of {@code console/try} show now, and the {@code position} to follow from. */
  public Map<String, Object> model(World world, Words words) {
    long until = world.journalStore().lastSeq();
    var seen = boxes.onlook(world, words, until);
    var model = new HashMap<>(boxes.shelfModel(world, seen.glass(), GlassBoxes.Choice.NONE));
    model.putAll(boxes.talkModel(seen.glass()));
    model.put("lanes", seen.protocol().lanes());
    model.put("rows", seen.protocol().rows());
    model.put("onlook", true);
    model.put("position", new LiveBox.Position(seen.glass().lastSeq(), until).toString());
    return model;
  }

  /**
   * Elements that change, as {@code update} events.
   *
   * @param after position of a page or of an earlier update; null for the beginning
   */
  public Flux<ServerSentEvent<String>> follow(World world, @Nullable String after, Words words) {
    var you = new Caller(Role.PRINCIPAL, World.PRINCIPAL);
    return live.onlook(world, you, LiveBox.Position.parse(after == null ? "" : after), words);
  }
}
