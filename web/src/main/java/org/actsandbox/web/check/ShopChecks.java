package org.actsandbox.web.check;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.actsandbox.client.IssuedRoleKeys;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.OutboundRule;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.control.WorldKeys;
import org.actsandbox.sandbox.key.RoleKeys;
import org.actsandbox.sandbox.share.ShareToken;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;
import org.actsandbox.scenarios.check.report.CheckJson;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantOfAnotherWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.actsandbox.web.check.ShopCheckPlan.CheckProfile;
import org.actsandbox.web.check.alipay.AlipayShopCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Checks merchants on request, each on a thread of its own and over HTTP like the command line. A
 * merchant from outside is checked in its world, whose keys and addresses it has; one of the
 * sandbox's own in a world that is made for the check.
 */
@Component
public class ShopChecks implements AutoCloseable {

  /** Ours: checks that run at a time on the whole server; pages stay fast on two cores. */
  static final int MOST = 3;

  /** Days for which a link opens a check unless the request says otherwise. */
  public static final int LINK_DAYS = 7;

  static final int MAX_LINK_DAYS = 30;
  private static final Logger LOG = LoggerFactory.getLogger(ShopChecks.class);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("shop-check-", 0).factory());

  /** The last check of each world since the server started, by the world's partition. */
  private final Map<String, ShopCheck> newest = new ConcurrentHashMap<>();

  private final ServerAddresses addresses;
  private final RoleKeys keys;
  private final Worlds worlds;
  private final ShopCheckStore store;
  private final Clock machine;

  ShopChecks(
      ServerAddresses addresses,
      RoleKeys keys,
      Worlds worlds,
      ShopCheckStore store,
      Clock machine) {
    this.addresses = addresses;
    this.keys = keys;
    this.worlds = worlds;
    this.store = store;
    this.machine = machine;
  }

  /**
   * Starts a check.
   *
   * @throws Refusal {@code invalid_field}, {@code not_found}; {@code illegal_transition} while
   *     another one runs in this world, because both would move its clock; {@code rate_limited}
   */
  public JsonNode start(World world, ShopCheckRequest request) {
    var plan = ShopCheckPlan.of(world, request);
    var check = new ShopCheck("chk_" + ShareToken.id(), plan, machine.instant());
    synchronized (this) {
      var other = newest.get(world.keyPartition());
      if (other != null && !other.isOver()) {
        throw new Refusal(Problem.ILLEGAL_TRANSITION, "a check is running in this world")
            .expected("one check at a time")
            .observed(other.id())
            .remedy("Wait until it is over, or stop it.");
      }
      if (newest.values().stream().filter(each -> !each.isOver()).count() >= MOST) {
        throw new Refusal(Problem.RATE_LIMITED, MOST + " checks are running on this server")
            .expected("at most %d at a time".formatted(MOST))
            .remedy("Wait until one of them is over.")
            .retryAfter(Duration.ofSeconds(5));
      }
      newest.values().removeIf(ShopCheck::isOver);
      newest.put(world.keyPartition(), check);
    }
    threads.execute(() -> run(world, check));
    return check.view();
  }

  /** Returns the checks of a world without their results, the newest first. */
  public List<JsonNode> list(World world) {
    var listed = new LinkedHashMap<String, JsonNode>();
    Stream.concat(
            running(world).map(ShopCheck::summary).stream(),
            store.list(world.keyPartition()).stream())
        .forEach(view -> listed.putIfAbsent(view.path("id").asString(), view));
    return List.copyOf(listed.values());
  }

  private Optional<ShopCheck> running(World world) {
    return Optional.ofNullable(newest.get(world.keyPartition()));
  }

  /**
   * Returns a check with its results.
   *
   * @throws Refusal {@code not_found}
   */
  public JsonNode get(World world, String id) {
    return running(world)
        .filter(check -> check.id().equals(id))
        .<JsonNode>map(ShopCheck::view)
        .or(() -> store.find(world.keyPartition(), id).map(stored -> stored.path("view")))
        .orElseThrow(() -> unknown(id));
  }

  /** Ends a check soon, and returns it. One that is over stays as it is. */
  public JsonNode stop(World world, String id) {
    running(world).filter(check -> check.id().equals(id)).ifPresent(ShopCheck::stop);
    return get(world, id);
  }

  /**
   * Returns a file of a check's report.
   *
   * @throws Refusal {@code not_found}; {@code illegal_transition} for a check without a report
   */
  public byte[] report(World world, String id, ShopCheckReport file) {
    return file.bytes(
        store
            .find(world.keyPartition(), id)
            .orElseGet(() -> Json.object().set("view", get(world, id))));
  }

  /**
   * Makes the link that opens a check for every person who has it.
   *
   * @return the link's secret and its end
   * @throws Refusal {@code invalid_field}, {@code not_found}
   */
  public SharedCheck share(World world, String id, long days) {
    if (days < 1 || days > MAX_LINK_DAYS) {
      throw new Refusal(Problem.INVALID_FIELD, "a link lasts some days")
          .at("days")
          .expected("1 to " + MAX_LINK_DAYS)
          .observed(String.valueOf(days));
    }
    get(world, id);
    var link =
        store
            .link(world.keyPartition(), id, Duration.ofDays(days))
            .orElseThrow(
                () ->
                    new Refusal(Problem.ILLEGAL_TRANSITION, "this check is not over yet")
                        .remedy("Wait until it is over."));
    return new SharedCheck(link.token(), link.expiresAt());
  }

  /**
   * Represents a link to a check.
   *
   * @param token the last part of its address; it cannot be shown again
   */
  public record SharedCheck(String token, Instant expiresAt) {

    @Override
    public String toString() {
      return "SharedCheck[" + expiresAt + "]";
    }
  }

  /** Opens a check by its link: its view, and the files of its report. */
  public Optional<JsonNode> open(String token) {
    return store.open(token);
  }

  private static Refusal unknown(String id) {
    return new Refusal(Problem.NOT_FOUND, "this world knows no such check")
        .at("check")
        .observed(id)
        .remedy("GET /api/worlds/{world}/checks lists those that are kept.");
  }

  private void run(World world, ShopCheck check) {
    try (var outbound = new PooledOutboundClient(rule(check.plan().outside()))) {
      if (check.plan().outside() == null) {
        inNewWorld(world, check, outbound);
      } else {
        var issued = Json.read(Json.tree(WorldKeys.of(world)), IssuedRoleKeys.class);
        play(world, check, new TargetWorld(addresses.origin(), world.name(), issued), outbound);
      }
    } catch (UnexpectedReply | NoAnswerException noWorld) {
      end(world, check, ShopCheck.State.FAILED, String.valueOf(noWorld.getMessage()));
    } catch (RuntimeException bug) {
      LOG.error("{} could not be checked in world {}", check.plan().merchant(), world.name(), bug);
      end(world, check, ShopCheck.State.FAILED, "a bug: " + bug);
    }
  }

  /** Mutants of the world are taken along, so that a defective stand-in is judged as such. */
  private void inNewWorld(World world, ShopCheck check, OutboundClient outbound) {
    var client = new SandboxClient(outbound);
    var settings = CheckWorld.settings(CheckWorld.TIME_OF_MOCKS);
    world.settings().mutants().forEach(settings.withArray("mutants")::add);
    var made = client.newWorld(addresses.origin(), keys.adminKey(), settings);
    try {
      play(world, check, made, outbound);
    } finally {
      worlds.find(made.world()).ifPresent(each -> worlds.delete(each.name()));
    }
  }

  private void play(World world, ShopCheck check, TargetWorld target, OutboundClient outbound) {
    var plan = check.plan();
    var checkWorld =
        new CheckWorld(
            target, outbound, "page", Long.toString(machine.millis(), Character.MAX_RADIX));
    if (plan.profile() == CheckProfile.ALIPAY) {
      playAlipay(world, check, checkWorld);
      return;
    }
    var merchant =
        plan.outside() == null
            ? MerchantTarget.mock(checkWorld, plan.merchant(), plan.config().content())
            : outside(checkWorld, plan);
    var session =
        new CheckSession(merchant, checkWorld, plan.level(), plan.config(), plan.limits());
    check.begin(merchant.base().toString(), session::stop);
    try {
      session.reach();
    } catch (MerchantSilent | MerchantOfAnotherWorld unusable) {
      end(world, check, ShopCheck.State.UNREACHABLE, String.valueOf(unusable.getMessage()));
      return;
    }
    finish(world, check, session.play(plan.only(), before(world, plan), check::add));
  }

  private void finish(World world, ShopCheck check, CheckReport report) {
    check.finish(report);
    store(world, check, ShopCheckReport.all(report));
  }

  private void playAlipay(World world, ShopCheck check, CheckWorld checkWorld) {
    var plan = check.plan();
    checkWorld.join(plan.merchant());
    var resource = plan.resource().orElse(Objects.requireNonNull(plan.outside()));
    var seller = new AlipayShopCheck(checkWorld, resource, plan.limits());
    check.begin(resource.toString(), seller::stop);
    try {
      seller.reach();
    } catch (MerchantSilent silent) {
      end(world, check, ShopCheck.State.UNREACHABLE, String.valueOf(silent.getMessage()));
      return;
    }
    finish(world, check, seller.play(plan.only(), before(world, plan), check::add));
  }

  private static MerchantTarget outside(CheckWorld checkWorld, ShopCheckPlan plan) {
    checkWorld.join(plan.merchant());
    return MerchantTarget.outside(
        checkWorld,
        Objects.requireNonNull(plan.outside()),
        plan.merchant(),
        plan.config().content());
  }

  private Set<String> before(World world, ShopCheckPlan plan) {
    return store
        .last(world.keyPartition(), plan.merchant(), plan.kind())
        .map(stored -> CheckJson.deviated(stored.path("view")))
        .orElse(Set.of());
  }

  private void end(World world, ShopCheck check, ShopCheck.State state, String why) {
    check.finish(state, why);
    store(world, check, Json.object());
  }

  /** Stores a check that is over, unless its world was deleted meanwhile. */
  private void store(World world, ShopCheck check, JsonNode files) {
    var same =
        worlds
            .find(world.name())
            .filter(found -> found.keyPartition().equals(world.keyPartition()));
    if (same.isPresent()) {
      var content = Json.object();
      content.set("view", check.view());
      content.set("files", files);
      store.add(world.keyPartition(), check, content);
    }
  }

  /**
   * Returns the rule of a check's calls: this server, and the merchant's host as far as merchants
   * from outside may be called at all. An address that the merchant names elsewhere is not called.
   */
  private OutboundRule rule(@Nullable URI merchant) {
    var merchants = addresses.merchantRule();
    var own = String.valueOf(addresses.origin().getHost());
    return new OutboundRule() {
      @Override
      public boolean allows(URI target) {
        return addresses.isThisServer(target)
            || (merchant != null
                && merchant.getHost().equalsIgnoreCase(target.getHost())
                && merchants.allows(target));
      }

      @Override
      public boolean allows(String host, InetAddress address) {
        return host.equalsIgnoreCase(own) || merchants.allows(host, address);
      }
    };
  }

  @Override
  public void close() {
    newest.values().forEach(ShopCheck::stop);
    threads.shutdownNow();
  }
}
