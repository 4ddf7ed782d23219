package org.actsandbox.web.console.wallet;

import java.util.Map;
import java.util.Objects;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.subaccount.SubAccount;
import org.actsandbox.sandbox.psp.subaccount.SubAccounts.SubAccountView;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PathId;
import org.actsandbox.web.console.port.ErrandReader;
import org.actsandbox.web.console.port.WalletReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows the sub-accounts of agents (ACT PSD-2), to which the principal moves money and from which
 * the principal takes it back.
 */
@Controller
@RequestMapping("/console/{world}/sub-accounts")
class SubAccountPages {

  private static final String ACCOUNTS = "/psp/sub-accounts";

  private static final int MOST_TASKS = 20;

  private final ConsoleApiClient consoleApiClient;
  private final WalletReader walletReader;
  private final ErrandReader errandReader;

  SubAccountPages(
      ConsoleApiClient consoleApiClient, WalletReader walletReader, ErrandReader errandReader) {
    this.consoleApiClient = consoleApiClient;
    this.walletReader = walletReader;
    this.errandReader = errandReader;
  }

  /**
   * Is money that the agent asks for in a conversation.
   *
   * @param amount decimal number of yuan
   * @param conversation id of the conversation, to which the page returns
   */
  private record Wanted(String amount, String conversation) {

    static @Nullable Wanted of(@Nullable String amount, @Nullable String conversation) {
      return amount != null
              && amount.matches("[0-9]{1,10}([.][0-9]{2})?")
              && conversation != null
              && PathId.isValid(conversation)
          ? new Wanted(amount, conversation)
          : null;
    }
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    var wanted = Wanted.of(pageRequest.query("amount"), pageRequest.query("conversation"));
    return list(pageRequest, wanted, null);
  }

  private Rendering list(
      PageRequest pageRequest, @Nullable Wanted wanted, @Nullable WalletRefusal refused) {
    var found =
        walletReader.subAccounts(
            pageRequest.world(),
            pageRequest.principal().did().orElseThrow(),
            pageRequest.query("cursor"));
    var pageBuilder =
        pageRequest
            .page("console/sub-accounts", "wallet")
            .with("accounts", found.items())
            .with("narrator", new EntryNarrator(pageRequest.words()))
            .with("agents", BindingPages.agents(pageRequest.world()))
            .with("stamp", pageRequest.world().journalStore().lastSeq())
            .with("next", NextPageLink.next(pageRequest, found.next()))
            .with("wanted", wanted)
            .with("refused", refused)
            .with("done", pageRequest.query("done"));
    if (refused != null) {
      pageBuilder.status(422);
    }
    return pageBuilder.show();
  }

  @GetMapping("/{id}")
  Rendering statement(PageRequest pageRequest, @PathVariable String id) {
    requireId(id);
    var world = pageRequest.world();
    var principal = pageRequest.principal().did().orElseThrow();
    var account = walletReader.subAccount(world, principal, id);
    var lines = walletReader.subAccountStatement(world, principal, id, pageRequest.query("cursor"));
    return pageRequest
        .page("console/sub-account", "wallet")
        .with("a", account)
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .with("statement", lines.items())
        .with("next", NextPageLink.next(pageRequest, lines.next()))
        .show();
  }

  @PostMapping
  Rendering open(PageRequest pageRequest, FormFields form) {
    var request = form.filled("agent_id", "label", "pin");
    return post(pageRequest, "open", ACCOUNTS, request, "open");
  }

  /**
   * Sets aside what the agent asked for in a conversation, in its sub-account or in a new one, and
   * returns to the conversation.
   */
  @PostMapping("/set-aside")
  Rendering setAside(PageRequest pageRequest, FormFields form) {
    var wanted = Wanted.of(form.first("amount"), form.first("conversation"));
    if (wanted == null) {
      throw new Refusal(Problem.INVALID_FIELD, "this is no amount of a conversation").at("amount");
    }
    var pin = Objects.requireNonNullElse(form.first("pin"), "");
    var world = pageRequest.world();
    var principal = pageRequest.principal();
    try {
      consoleApiClient.post(
          world,
          principal,
          ACCOUNTS + "/" + usableAccount(pageRequest, pin) + "/top-ups",
          Map.of(
              "amount",
              wanted.amount(),
              "from",
              "balance",
              "pin",
              pin,
              "request_id",
              "console-%s-%s".formatted(stamp(form), wanted.conversation())));
    } catch (UnexpectedReply refusal) {
      return refused(
          pageRequest,
          wanted,
          new WalletRefusal("set-aside", refusal.code(), refusal.finer("field")),
          refusal);
    }
    continueTasks(world, principal);
    return pageRequest.redirect(pageRequest.here() + "/try/" + wanted.conversation());
  }

  /** Returns the id of the sub-account from which the agent may pay; opens one if there is none. */
  private String usableAccount(PageRequest pageRequest, String pin) {
    var agent = pageRequest.world().agent().value();
    return walletReader
        .subAccounts(pageRequest.world(), pageRequest.principal().did().orElseThrow(), null)
        .items()
        .stream()
        .filter(account -> account.agentId().equals(agent))
        .filter(account -> account.status() == SubAccount.Status.ACTIVE)
        .map(SubAccountView::subAccountId)
        .findFirst()
        .orElseGet(() -> openedAccount(pageRequest, agent, pin));
  }

  /** Opens a sub-account and lets the agent bind its key to it before there is money on it. */
  private String openedAccount(PageRequest pageRequest, String agent, String pin) {
    var opened =
        consoleApiClient.post(
            pageRequest.world(),
            pageRequest.principal(),
            ACCOUNTS,
            Map.of("agent_id", agent, "pin", pin));
    continueTasks(pageRequest.world(), pageRequest.principal());
    return opened.path("sub_account_id").asString();
  }

  /**
   * Tops up a sub-account. The same form sent twice is booked once, because its stamp says when it
   * was shown.
   */
  @PostMapping("/{id}/top-up")
  Rendering topUp(PageRequest pageRequest, @PathVariable String id, FormFields form) {
    requireId(id);
    var request = form.filled("amount", "from", "pin");
    request.put(
        "request_id",
        "console-%s-%s-%s"
            .formatted(
                stamp(form), request.getOrDefault("amount", ""), request.getOrDefault("from", "")));
    return post(pageRequest, id, ACCOUNTS + "/" + id + "/top-ups", request, "top-up");
  }

  @PostMapping("/{id}/{move:freeze|unfreeze|cancel}")
  Rendering move(
      PageRequest pageRequest,
      @PathVariable String id,
      @PathVariable String move,
      FormFields form) {
    requireId(id);
    var pin = form.first("pin");
    return post(
        pageRequest,
        id,
        ACCOUNTS + "/" + id + "/" + move,
        pin == null ? Map.of() : Map.of("pin", pin),
        move);
  }

  private Rendering post(
      PageRequest pageRequest, String form, String path, Map<String, String> body, String done) {
    try {
      consoleApiClient.post(pageRequest.world(), pageRequest.principal(), path, body);
    } catch (UnexpectedReply refusal) {
      return refused(
          pageRequest,
          null,
          new WalletRefusal(form, refusal.code(), refusal.finer("field")),
          refusal);
    }
    continueTasks(pageRequest.world(), pageRequest.principal());
    return pageRequest.redirect(pageRequest.here() + "/sub-accounts?done=" + done);
  }

  private Rendering refused(
      PageRequest pageRequest,
      @Nullable Wanted wanted,
      WalletRefusal refused,
      UnexpectedReply refusal) {
    if (!WalletRefusal.TRY_AGAIN.contains(refusal.code())) {
      throw refusal;
    }
    return list(pageRequest, wanted, refused);
  }

  private static String stamp(FormFields form) {
    var stamp = form.first("stamp");
    if (stamp == null || !stamp.matches("[0-9]{1,18}")) {
      throw new Refusal(Problem.INVALID_FIELD, "the form has no stamp").at("stamp");
    }
    return stamp;
  }

  /**
   * Tells the agent's open tasks that a sub-account changed, so that a task that waits for money
   * continues at once.
   */
  private void continueTasks(World world, Caller principal) {
    errandReader.tasks(world, principal, null, MOST_TASKS).items().stream()
        .filter(task -> !task.state().isFinal())
        .forEach(
            task ->
                consoleApiClient.post(
                    world,
                    principal,
                    "/agents/demo-agent/tasks/" + task.taskId() + "/continue",
                    Map.of()));
  }

  private static void requireId(String id) {
    PathId.require(id, "sub-account", "sub_account_id");
  }
}
