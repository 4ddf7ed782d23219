package org.actsandbox.web.console.glassbox;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.frame.StatusLine;
import org.actsandbox.web.console.picture.SequenceChange;
import org.actsandbox.web.console.picture.SequenceRow;
import org.actsandbox.web.console.words.PageText;

/**
 * Holds what one open glass box page shows, so that an update sends only what changed. One update
 * at a time uses it.
 */
final class OpenGlassBoxPage {

  private static final String CONVERSATION = "console/try";
  private static final String OFFERS = "console/offers";
  private static final String SEQUENCE = "console/sequence";

  private final Tools tools;
  private final View view;
  private MessagesPane messagesPane;
  private ConversationProjection conversationProjection;
  private String offers;
  private List<SequenceRow> rows;
  private long journalSeq;

  OpenGlassBoxPage(
      Tools tools,
      View view,
      ConversationProjection conversationProjection,
      MessagesPane messagesPane,
      long journalSeq) {
    this.tools = tools;
    this.view = view;
    this.conversationProjection = conversationProjection;
    this.messagesPane = messagesPane;
    this.journalSeq = journalSeq;
    this.offers = offers();
    this.rows = messagesPane.rows();
  }

  /** Holds the services that render the parts of a page. */
  record Tools(GlassBoxPanes panes, FragmentRenderer fragments, StatusLine status) {}

  /**
   * Says which world a page shows, and to which principal.
   *
   * @param principal the principal for whom the reader looks
   * @param observed true if the page observes another actor: then it shows all messages of the
   *     world and lets the reader choose nothing
   */
  record View(World world, Caller principal, PageText words, boolean observed) {}

  /**
   * Is an event of a conversation. On an observing page the conversation can be another one than
   * before.
   */
  record ConversationChange(String conversation, ConversationEvent event) {}

  /** Returns the position up to which the page shows the conversation and the journal. */
  LiveGlassBox.Position position() {
    return new LiveGlassBox.Position(conversationProjection.lastSeq(), journalSeq);
  }

  /**
   * Applies changes and returns the changed elements as HTML; empty when none changed.
   *
   * @param changes journal entries and conversation events
   */
  String apply(List<Object> changes) {
    int turnsBefore = conversationProjection.turns().size();
    int unfinished = conversationProjection.firstUnfinished();
    int idsBefore = conversationProjection.idCount();
    var panes = EnumSet.noneOf(ConversationProjection.Pane.class);
    boolean wider = false;
    boolean clock = false;
    boolean switched = false;
    for (var change : changes) {
      if (change instanceof ConversationChange event) {
        switched |= switchTo(event.conversation());
        panes.addAll(conversationProjection.apply(event.event()));
      } else if (change instanceof JournalEntry entry) {
        journalSeq = entry.seq();
        clock |= entry.kind() == Kind.CLOCK;
        if ((view.observed() || conversationProjection.concerns(entry.ids()))
            && messagesPane.add(entry)) {
          wider |= messagesPane.addLanes(entry);
        }
      }
    }
    if (!view.observed() && conversationProjection.idCount() > idsBefore) {
      wider |= addEarlierMessages();
    }
    var html = new StringBuilder();
    if (panes.contains(ConversationProjection.Pane.CONVERSATION) || switched) {
      html.append(switched ? wholeConversation() : conversation(turnsBefore, unfinished));
    }
    if (panes.contains(ConversationProjection.Pane.OFFERS) || switched) {
      html.append(offersIfChanged());
      html.append(switched ? "" : asking());
    }
    html.append(diagramChanges(wider));
    if (clock || panes.contains(ConversationProjection.Pane.OFFERS)) {
      html.append(tools.status().patch(view.world(), view.principal(), view.words()));
    }
    return html.toString();
  }

  /**
   * Adds the messages that belong to the conversation by an id that it has named only now: the
   * journal may be faster than the conversation.
   *
   * @return true if there are any, so that the diagram has to be drawn again
   */
  private boolean addEarlierMessages() {
    int before = messagesPane.rows().size();
    messagesPane =
        tools.panes().messages(view.world(), conversationProjection, view.words(), journalSeq);
    return messagesPane.rows().size() > before;
  }

  private boolean switchTo(String conversation) {
    if (conversationProjection.conversation().equals(conversation)) {
      return false;
    }
    conversationProjection = new ConversationProjection(conversation);
    return true;
  }

  private String wholeConversation() {
    return render(CONVERSATION, "turns-changed", Map.of("turns", conversationProjection.turns()))
        + asking();
  }

  /** Returns the turns that could change and the new ones; earlier turns are final. */
  private String conversation(int turnsBefore, int unfinished) {
    var html = new StringBuilder();
    var turns = conversationProjection.turns();
    for (int i = Math.min(unfinished, Math.max(0, turnsBefore - 1)); i < turns.size(); i++) {
      var fragment = i < turnsBefore ? "turn-changed" : "turn-new";
      html.append(
          render(
              CONVERSATION,
              fragment,
              Map.of("turn", turns.get(i), "conversation", conversationProjection.conversation())));
    }
    return html.append(asking()).toString();
  }

  private String asking() {
    return render(
        CONVERSATION, "agent-status-changed", GlassBoxPanes.statusModel(conversationProjection));
  }

  /**
   * Returns the middle pane if it changed. An unchanged pane is not replaced, because the reader
   * may be choosing from it while the agent talks.
   */
  private String offersIfChanged() {
    var before = offers;
    offers = offers();
    return offers.equals(before) ? "" : offers;
  }

  private String offers() {
    var model =
        tools
            .panes()
            .offersModel(
                view.world(), conversationProjection, GlassBoxPanes.Choice.NONE, view.words());
    model.put("observed", view.observed());
    return render(OFFERS, "offers-pane-changed", model);
  }

  /** Returns the changed rows; all of them in a wider diagram, in which every arrow moves. */
  private String diagramChanges(boolean wider) {
    var before = rows;
    rows = messagesPane.rows();
    if (wider) {
      return render(
          SEQUENCE,
          "diagram-changed",
          Map.of("lanes", messagesPane.lanes(), "rows", rows, "here", here()));
    }
    var changes = SequenceChange.between(before, rows);
    return changes.isEmpty()
        ? ""
        : render(SEQUENCE, "rows-changed", Map.of("changes", changes, "here", here()));
  }

  private String here() {
    return "/console/" + view.world().name();
  }

  private String render(String template, String fragment, Map<String, ?> model) {
    return tools.fragments().render(template, fragment, view.words(), model);
  }
}
