package org.actsandbox.merchants.train.timetable;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.merchants.train.timetable.Train.Stop;

/**
 * Computes the timetable from {@code lines.txt}, which lists lines with their kilometres, and
 * services.
 */
final class TimetableReader {

  private record Halt(Station station, int km, boolean major) {}

  private record Line(int speed, List<Halt> halts) {}

  private record Service(
      Line line, TrainType type, int from, int to, TrainComposition composition, String stops) {}

  private record Draft(
      String number, TrainType type, TrainComposition composition, List<Stop> stops) {}

  private final StationDirectory stationDirectory;
  private final Map<String, Line> lines = new HashMap<>();
  private final List<Draft> drafts = new ArrayList<>();

  TimetableReader(StationDirectory stationDirectory) {
    this.stationDirectory = stationDirectory;
  }

  List<Train> trains(List<String> rows) {
    for (var row : rows) {
      var f = row.split("\\|", -1);
      switch (f[0]) {
        case "line" -> lines.put(f[1], new Line(Integer.parseInt(f[2]), halts(f[3])));
        case "service" -> addService(f);
        default -> throw new IllegalStateException("not a line or service: " + row);
      }
    }
    drafts.sort(
        Comparator.comparing(Draft::type)
            .thenComparing(d -> Integer.parseInt(d.number().substring(1))));
    var trains = new ArrayList<Train>();
    for (var d : drafts) {
      trains.add(new Train(trains.size(), d.number(), d.type(), d.composition(), d.stops()));
    }
    return trains;
  }

  private List<Halt> halts(String text) {
    var halts = new ArrayList<Halt>();
    for (var part : text.split(" ", -1)) {
      var codeAndKm = part.replace("*", "").split("=", -1);
      int km = Integer.parseInt(codeAndKm[1]);
      halts.add(new Halt(station(codeAndKm[0]), km, part.endsWith("*")));
    }
    return halts;
  }

  private Station station(String code) {
    return stationDirectory
        .byCode(code)
        .orElseThrow(() -> new IllegalStateException("unknown station " + code));
  }

  private void addService(String[] f) {
    var line = lines.get(f[1]);
    if (line == null) {
      throw new IllegalStateException("unknown line " + f[1]);
    }
    var type = TrainType.valueOf(f[2]);
    var codes = line.halts().stream().map(h -> h.station().code()).toList();
    var service =
        new Service(
            line,
            type,
            codes.indexOf(f[3]),
            codes.indexOf(f[4]),
            TrainComposition.of(type, f[5]),
            f[9]);
    int first = minute(f[6]);
    int last = minute(f[7]);
    int every = Integer.parseInt(f[8]);
    int number = Integer.parseInt(f[10]);
    for (int k = 0; first + k * every <= last; k++) {
      var halts = stops(service, k);
      add(service, number + 2 * k, first + k * every, halts);
      add(service, number + 2 * k + 1, first + k * every, halts.reversed());
    }
  }

  /** Returns the stops of the k-th train of a service; the train back has the same stops. */
  private static List<Halt> stops(Service service, int k) {
    var all = service.line().halts();
    Set<String> named =
        service.stops().startsWith("=")
            ? new HashSet<>(Arrays.asList(service.stops().substring(1).split(",", -1)))
            : Collections.emptySet();
    var stops = new ArrayList<Halt>();
    for (int i = service.from(); i <= service.to(); i++) {
      boolean isTerminus = i == service.from() || i == service.to();
      boolean isStop =
          named.isEmpty()
              ? all.get(i).major() || stopsInTurn(service.stops(), i + k)
              : named.contains(all.get(i).station().code());
      if (isTerminus || isStop) {
        stops.add(all.get(i));
      }
    }
    return stops;
  }

  private static boolean stopsInTurn(String pattern, int turn) {
    return switch (pattern) {
      case "all" -> true;
      case "none" -> false;
      default -> {
        int slash = pattern.indexOf('/');
        int of = Integer.parseInt(pattern.substring(slash + 1));
        yield turn % of < Integer.parseInt(pattern.substring(0, slash));
      }
    };
  }

  private void add(Service service, int number, int departure, List<Halt> halts) {
    int speed = Math.min(service.type().speed, service.line().speed());
    var stops = new ArrayList<Stop>();
    int clock = departure;
    for (int i = 0; i < halts.size(); i++) {
      var halt = halts.get(i);
      int km = Math.abs(halt.km() - halts.getFirst().km());
      if (i > 0) {
        int leg = km - stops.getLast().km();
        clock += Math.ceilDiv(leg * 60, speed) + service.type().legMinutes;
      }
      boolean isTerminus = i == 0 || i == halts.size() - 1;
      int dwell = isTerminus ? 0 : dwell(service.type(), halt.major());
      stops.add(new Stop(halt.station(), clock, clock + dwell, km));
      clock += dwell;
    }
    drafts.add(
        new Draft(service.type().name() + number, service.type(), service.composition(), stops));
  }

  /** Returns the minutes that a train stands at a platform. */
  private static int dwell(TrainType type, boolean major) {
    int base = type == TrainType.K ? 4 : 2;
    return major ? base + (type == TrainType.K ? 4 : 1) : base;
  }

  private static int minute(String time) {
    return LocalTime.parse(time).toSecondOfDay() / 60;
  }
}
