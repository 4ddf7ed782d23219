package org.actsandbox.web.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;

/**
 * Runs the command that starts the merchant to be checked. What it prints goes to standard error,
 * because standard output belongs to the report.
 */
final class StartedMerchant implements AutoCloseable {

  private static final int LAST_LINES = 15;
  private static final int STOP_SECONDS = 5;
  private static final int START_SECONDS = 120;

  /** A command that ended with 0 left the merchant in the background, which is there soon. */
  private static final int DETACHED_SECONDS = 20;

  /** How long the output of an ended command is waited for: a child of it may keep the pipe. */
  private static final int OUTPUT_MILLIS = 500;

  private final Process process;
  private final Thread reader;
  private final Deque<String> lastLines = new ArrayDeque<>();

  private StartedMerchant(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().unstarted(() -> copyOutput(process.inputReader()));
  }

  /**
   * Starts the command.
   *
   * @param settings lines NAME=VALUE for the environment of the command
   */
  static StartedMerchant start(String command, String settings) throws IOException {
    var builder = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true);
    settings
        .lines()
        .map(line -> line.split("=", 2))
        .filter(line -> line.length == 2)
        .forEach(line -> builder.environment().put(line[0], line[1]));
    var started = new StartedMerchant(builder.start());
    started.reader.start();
    return started;
  }

  /**
   * Says how the command ended if it cannot have started the merchant; empty while it runs. A
   * command that ends with 0 may have left the merchant in the background.
   */
  private Optional<String> failure() {
    return process.isAlive() || process.exitValue() == 0
        ? Optional.empty()
        : Optional.of("exit code " + process.exitValue() + end());
  }

  /** Says whether the command ended and claims success. */
  private boolean isDetached() {
    return !process.isAlive() && process.exitValue() == 0;
  }

  /**
   * Calls the merchant until it answers, and gives it time to listen while its command runs.
   *
   * @param call fails with {@link MerchantSilent} while there is no answer
   * @throws NotAnswering if the command ended without a merchant, or the time is over
   */
  void awaitAnswer(Runnable call) {
    long begin = System.nanoTime();
    while (true) {
      try {
        call.run();
        return;
      } catch (MerchantSilent silent) {
        failure()
            .ifPresent(
                failure -> {
                  throw new NotAnswering(failure);
                });
        var limit = isDetached() ? DETACHED_SECONDS : START_SECONDS;
        if (System.nanoTime() - begin > Duration.ofSeconds(limit).toNanos()) {
          throw new NotAnswering(
              "it does not answer after %d s: %s%s".formatted(limit, silent.getMessage(), end()));
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  /** Says that the command left no merchant that answers. */
  static final class NotAnswering extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotAnswering(String message) {
      super(message);
    }
  }

  /** Returns the last lines that the command printed, for people. */
  private String end() {
    try {
      reader.join(OUTPUT_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    synchronized (lastLines) {
      return lastLines.isEmpty()
          ? ", and it printed nothing"
          : ". It printed last:\n  " + String.join("\n  ", lastLines);
    }
  }

  private void copyOutput(BufferedReader output) {
    try (output) {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        System.err.println(line);
        synchronized (lastLines) {
          lastLines.add(line);
          if (lastLines.size() > LAST_LINES) {
            lastLines.remove();
          }
        }
      }
    } catch (IOException | UncheckedIOException closed) {
      // The pipe ends like this when the process is destroyed while a line is read.
      System.err.println("act-sandbox: the merchant's output ended: " + closed.getMessage());
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
