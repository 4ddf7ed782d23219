package org.actsandbox.web.console.glassbox;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.frame.StatusLine;
import org.actsandbox.web.console.words.PageText;

/** What one open page shows of a world; touched by one update at a time. */
final class OpenGlassBoxPage {

  private static final String PANES = "console/try";

  private final Tools tools;
  private final Scene scene;
  private final MessagesPane messagesPane;
  private ConversationProjection conversationProjection;
  private String shelf;
  private long journalSeq;

  OpenGlassBoxPage(
      Tools tools,
      Scene scene,
      ConversationProjection conversationProjection,
      MessagesPane messagesPane,
      long journalSeq) {
    this.tools = tools;
    this.scene = scene;
    this.conversationProjection = conversationProjection;
    this.messagesPane = messagesPane;
    this.journalSeq = journalSeq;
    this.shelf = shelf();
  }

  /** What pages are made with. */
  record Tools(GlassBoxPanes boxes, FragmentRenderer fragments, StatusLine status) {}

  /**
   * @param you on whose behalf somebody looks
   * @param onlook true: somebody else acts, all messages of the world are shown, nothing is offered
   *     for choice
   */
  record Scene(World world, Caller you, PageText words, boolean onlook) {}

  /** An event of a conversation, which may be another one than before when looking on. */
  record Said(String conversation, AgentEvent event) {}

  /** How far it has come. */
  LiveGlassBox.Position position() {
    return new LiveGlassBox.Position(conversationProjection.lastSeq(), journalSeq);
  }

  /** The elements that changed, as HTML; empty when none did. */
  String apply(List<Object> changes) {
    int turnsBefore = conversationProjection.turns().size();
    var panes = EnumSet.noneOf(ConversationProjection.Pane.class);
    var added = new ArrayList<JournalEntry>();
    boolean wider = false;
    boolean clock = false;
    boolean another = false;
    for (var change : changes) {
      if (change instanceof Said said) {
        another |= listen(said.conversation());
        panes.addAll(conversationProjection.apply(said.event()));
      } else if (change instanceof JournalEntry entry) {
        journalSeq = entry.seq();
        clock |= entry.kind() == Kind.CLOCK;
        if ((scene.onlook() || conversationProjection.concerns(entry.ids()))
            && messagesPane.add(entry)) {
          added.add(entry);
          wider |= messagesPane.addLanes(entry);
        }
      }
    }
    var html = new StringBuilder();
    if (panes.contains(ConversationProjection.Pane.TALK) || another) {
      html.append(another ? wholeTalk() : talk(turnsBefore));
    }
    if (panes.contains(ConversationProjection.Pane.SHELF) || another) {
      html.append(shelfIfChanged());
    }
    html.append(wider ? diagram() : rows(added));
    if (clock || panes.contains(ConversationProjection.Pane.SHELF)) {
      html.append(tools.status().patch(scene.world(), scene.you(), scene.words()));
    }
    return html.toString();
  }

  private boolean listen(String conversation) {
    if (conversationProjection.conversation().equals(conversation)) {
      return false;
    }
    conversationProjection = new ConversationProjection(conversation);
    return true;
  }

  private String wholeTalk() {
    return render("talk-changed", Map.of("turns", conversationProjection.turns())) + asking();
  }

  /** The turn that changed; earlier ones are final. */
  private String talk(int turnsBefore) {
    var html = new StringBuilder();
    var turns = conversationProjection.turns();
    for (int i = Math.max(0, turnsBefore - 1); i < turns.size(); i++) {
      var fragment = i < turnsBefore ? "turn-changed" : "turn-new";
      html.append(render(fragment, Map.of("turn", turns.get(i))));
    }
    return html.append(asking()).toString();
  }

  private String asking() {
    return render("asking-changed", Map.of("running", conversationProjection.isRunning()));
  }

  /** One that is as it was stays: somebody may choose from it while the agent speaks on. */
  private String shelfIfChanged() {
    var before = shelf;
    shelf = shelf();
    return shelf.equals(before) ? "" : shelf;
  }

  private String shelf() {
    var model =
        tools.boxes().offersModel(scene.world(), conversationProjection, GlassBoxPanes.Choice.NONE);
    model.put("onlook", scene.onlook());
    return render("shelf-changed", model);
  }

  private String diagram() {
    return render(
        "diagram-changed",
        Map.of("lanes", messagesPane.lanes(), "rows", messagesPane.rows(), "here", here()));
  }

  private String rows(List<JournalEntry> added) {
    var html = new StringBuilder();
    for (var entry : added) {
      html.append(render("row-new", Map.of("row", messagesPane.row(entry), "here", here())));
    }
    return html.toString();
  }

  private String here() {
    return "/console/" + scene.world().name();
  }

  private String render(String fragment, Map<String, ?> model) {
    return tools.fragments().render(PANES, fragment, scene.words(), model);
  }
}
