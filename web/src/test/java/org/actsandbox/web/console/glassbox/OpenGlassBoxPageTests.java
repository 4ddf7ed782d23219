package org.actsandbox.web.console.glassbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.frame.StatusLine;
import org.actsandbox.web.console.words.PageText;
import org.junit.jupiter.api.Test;
import org.springframework.context.MessageSource;

/** Tests that an open page shows every message, in whichever order it hears of them. */
class OpenGlassBoxPageTests {

  private static final ConsoleServer server = ConsoleServer.shared();

  @Test
  void showsTheMessagesThatCameBeforeTheConversationNamedTheirIntent() {
    var world = server.newWorld("race");
    var principal = new Caller(Role.PRINCIPAL, world.principals().dids().getFirst());
    var client = server.bean(AgentConversationClient.class);
    var conversation = client.open(world, principal);
    client.say(world, principal, conversation, "a train to Shanghai tomorrow morning");
    await()
        .until(
            () -> client.history(world, principal, conversation),
            events ->
                events.stream().anyMatch(each -> each.type() == ConversationEventType.TURN_DONE));
    List<ConversationEvent> events = client.history(world, principal, conversation);
    await()
        .until(
            () -> entries(world.journalStore().read(JournalQuery.after(0, 500))),
            entries -> entries >= 3);
    var journal = world.journalStore().read(JournalQuery.after(0, 500));
    var words = new PageText(server.bean(MessageSource.class), Locale.ENGLISH, World.ZONE);
    var projection = new ConversationProjection(conversation);
    var panes = server.bean(GlassBoxPanes.class);
    var page =
        new OpenGlassBoxPage(
            new OpenGlassBoxPage.Tools(
                panes, server.bean(FragmentRenderer.class), server.bean(StatusLine.class)),
            new OpenGlassBoxPage.View(world, principal, words, false),
            projection,
            panes.messages(world, projection, words, 0),
            0);

    var first = page.apply(List.copyOf(journal));
    var second =
        page.apply(
            events.stream()
                .<Object>map(each -> new OpenGlassBoxPage.ConversationChange(conversation, each))
                .toList());

    assertThat(first).doesNotContain("what do you have?");
    assertThat(second).contains("what do you have?").contains("RailEast").contains("GoTrip");
  }

  private static int entries(List<JournalEntry> journal) {
    return (int) journal.stream().filter(each -> each.ids().containsKey("intent_id")).count();
  }
}
